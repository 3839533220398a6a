throw new Error("a test is never loaded by the scan");
