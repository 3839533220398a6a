import express, { type NextFunction, type Request, type Response } from "express";
import { listening, portOf } from "../subject.ts";
import {
  megabyteReadable,
  NewUser,
  NOT_FOUND,
  openDatabase,
  userOf,
  type Database,
  type Traffic,
  type User,
} from "../work.ts";

const app = express();
app.disable("x-powered-by");
// No other subject hashes its answers.
app.disable("etag");

app.get("/", (_request, response) => {
  response.type("text/plain").send("hello");
});

app.get("/users/:id", (request, response) => {
  response.json({ id: request.params.id, name: request.query["name"] });
});

app.post("/users", express.json(), (request, response) => {
  const { name, email, age } = NewUser.parse(request.body);
  response.json({ id: "1", name, email, age });
});

app.get("/stream", (_request, response) => {
  response.type("application/octet-stream");
  megabyteReadable().pipe(response);
});

type Signed = Response<unknown, { db: Database; user: User }>;

const db = openDatabase();
const traffic: Traffic = { served: 0 };

app.get(
  "/me",
  (_request: Request, response: Signed, next: NextFunction) => {
    response.on("finish", () => traffic.served++);
    next();
  },
  (request: Request, response: Signed, next: NextFunction) => {
    response.set("x-request-id", request.get("x-request-id"));
    next();
  },
  (_request: Request, response: Signed, next: NextFunction) => {
    response.set("cache-control", "no-store");
    next();
  },
  (_request: Request, response: Signed, next: NextFunction) => {
    response.set("x-content-type-options", "nosniff");
    next();
  },
  (_request: Request, response: Signed, next: NextFunction) => {
    response.set("x-frame-options", "DENY");
    next();
  },
  (_request: Request, response: Signed, next: NextFunction) => {
    response.locals.db = db;
    next();
  },
  (request: Request, response: Signed, next: NextFunction) => {
    response.locals.user = userOf(response.locals.db, request.get("authorization"));
    next();
  },
  (_request: Request, response: Signed) => {
    const { id, name } = response.locals.user;
    response.json({ id, name });
  },
);

app.use((_request, response) => {
  response.status(404).type(NOT_FOUND.type).send(NOT_FOUND.body);
});

const server = app.listen(0, "127.0.0.1", () => listening(portOf(server.address())));
