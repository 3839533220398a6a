import express, { type Express } from "express";

const app: Express = express().get("/", (_request, response) => {
  response.send("hello");
});
export default app;
