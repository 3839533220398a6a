import { createApp } from "@openspeed/core";

export default createApp().get("/", () => "hello").fetch;
