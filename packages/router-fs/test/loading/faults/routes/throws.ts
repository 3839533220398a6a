throw new Error("no database\nat start");
