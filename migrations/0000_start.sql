CREATE TABLE "card_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"card" text NOT NULL,
	"subject" text NOT NULL,
	"chat_id" text NOT NULL,
	"input" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"shown_version" integer DEFAULT 0 NOT NULL,
	"message_id" text,
	"digest_id" uuid,
	"attempt_uuid" uuid,
	"attempt_at" bigint,
	"attempt_body" text,
	"state" text DEFAULT 'live' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" bigint NOT NULL,
	"wanted_at" bigint NOT NULL,
	"posted_at" bigint,
	"old_messages" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error" jsonb,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chat_id" text NOT NULL,
	"card" text NOT NULL,
	"posts" jsonb NOT NULL,
	"message_id" text,
	"attempt_uuid" uuid,
	"attempt_at" bigint,
	"attempt_body" text,
	"state" text DEFAULT 'live' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"posted_at" bigint,
	"error" jsonb,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"approval" text NOT NULL,
	"subject" text NOT NULL,
	"input" jsonb NOT NULL,
	"applicant" text NOT NULL,
	"state" text NOT NULL,
	"want" text DEFAULT 'live' NOT NULL,
	"cancel_reason" text,
	"instance_uuid" uuid NOT NULL,
	"body" jsonb,
	"instance_code" text,
	"replaces" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"opened_at" bigint,
	"decided_at" bigint,
	"checked_at" bigint,
	"error" jsonb,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"code" text NOT NULL,
	"subject" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"remedy" text NOT NULL,
	"raised_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"resolved_at" bigint,
	CONSTRAINT "alerts_code_subject_pk" PRIMARY KEY("code","subject")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"open_id" text PRIMARY KEY NOT NULL,
	"user_id" text,
	"name" text NOT NULL,
	"roles" jsonb NOT NULL,
	"operators" jsonb NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shop_settings" (
	"shop_id" text PRIMARY KEY NOT NULL,
	"chat_id" text,
	"payer" text NOT NULL,
	"order_url_template" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"shop_id" text NOT NULL,
	"connector" text NOT NULL,
	"sealed" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"refresh_expires_at" bigint,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "tokens_shop_id_connector_pk" PRIMARY KEY("shop_id","connector")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"subject" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"done_at" bigint,
	"error" jsonb,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"kind" text NOT NULL,
	"event_type" text,
	"lane" text,
	"raw" "bytea" NOT NULL,
	"headers" jsonb NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"done_at" bigint,
	"error" jsonb,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_usage" (
	"day" date NOT NULL,
	"api" text NOT NULL,
	"purpose" text NOT NULL,
	"calls" integer NOT NULL,
	"failures" integer NOT NULL,
	CONSTRAINT "api_usage_day_api_purpose_pk" PRIMARY KEY("day","api","purpose")
);
--> statement-breakpoint
CREATE TABLE "bindings" (
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"feishu_id" text NOT NULL,
	"parent_id" text,
	"known" jsonb NOT NULL,
	"state" text DEFAULT 'ok' NOT NULL,
	"checked_at" bigint NOT NULL,
	CONSTRAINT "bindings_kind_key_pk" PRIMARY KEY("kind","key")
);
--> statement-breakpoint
CREATE TABLE "cursors" (
	"shop_id" text NOT NULL,
	"connector" text NOT NULL,
	"resource" text NOT NULL,
	"done_until" bigint NOT NULL,
	"last_success_at" bigint,
	"last_error" jsonb,
	"failures" integer DEFAULT 0 NOT NULL,
	"first_pull_done_at" bigint,
	CONSTRAINT "cursors_shop_id_connector_resource_pk" PRIMARY KEY("shop_id","connector","resource")
);
--> statement-breakpoint
CREATE TABLE "fetches" (
	"shop_id" text NOT NULL,
	"connector" text NOT NULL,
	"resource" text NOT NULL,
	"external_id" text NOT NULL,
	"wanted" integer DEFAULT 1 NOT NULL,
	"fetched" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" bigint NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"error" jsonb,
	"trace" text NOT NULL,
	CONSTRAINT "fetches_shop_id_connector_resource_external_id_pk" PRIMARY KEY("shop_id","connector","resource","external_id")
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"key" text PRIMARY KEY NOT NULL,
	"tat" double precision NOT NULL,
	"paused_until" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"platform" text NOT NULL,
	"order_no" text NOT NULL,
	"shop_id" text NOT NULL,
	"status" text NOT NULL,
	"version" bigint NOT NULL,
	"doc" jsonb NOT NULL,
	"origins" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"stored_at" bigint NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "orders_platform_order_no_pk" PRIMARY KEY("platform","order_no")
);
--> statement-breakpoint
CREATE TABLE "outward" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"connector" text NOT NULL,
	"shop_id" text NOT NULL,
	"command" text NOT NULL,
	"subject" text NOT NULL,
	"request" jsonb NOT NULL,
	"state" text NOT NULL,
	"result" jsonb,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "raw_records" (
	"connector" text NOT NULL,
	"shop_id" text NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"version" bigint NOT NULL,
	"payload" jsonb NOT NULL,
	"stored_at" bigint NOT NULL,
	"error" jsonb,
	CONSTRAINT "raw_records_connector_shop_id_kind_external_id_pk" PRIMARY KEY("connector","shop_id","kind","external_id")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"platform" text NOT NULL,
	"refund_no" text NOT NULL,
	"order_no" text NOT NULL,
	"shop_id" text NOT NULL,
	"stage" text NOT NULL,
	"version" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"doc" jsonb NOT NULL,
	"origins" jsonb NOT NULL,
	"stored_at" bigint NOT NULL,
	"trace" text NOT NULL,
	CONSTRAINT "refunds_platform_refund_no_pk" PRIMARY KEY("platform","refund_no")
);
--> statement-breakpoint
CREATE TABLE "row_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"base" text NOT NULL,
	"table_id" text NOT NULL,
	"operation" text NOT NULL,
	"rows" jsonb NOT NULL,
	"body" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"error" jsonb
);
--> statement-breakpoint
CREATE TABLE "table_rows" (
	"table_id" text NOT NULL,
	"row_key" text NOT NULL,
	"row_values" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"written" jsonb,
	"written_version" integer DEFAULT 0 NOT NULL,
	"record_id" text,
	"state" text DEFAULT 'in' NOT NULL,
	"closed" boolean DEFAULT false NOT NULL,
	"attempt_id" uuid,
	"due_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"error" jsonb,
	"trace" text NOT NULL,
	CONSTRAINT "table_rows_table_id_row_key_pk" PRIMARY KEY("table_id","row_key")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"job" text NOT NULL,
	"task_key" text NOT NULL,
	"input" jsonb NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"wanted" integer DEFAULT 1 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_failed_at" bigint,
	"due_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"done_at" bigint,
	"error" jsonb,
	"trace" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "foreign_rows" (
	"table_id" text NOT NULL,
	"record_id" text NOT NULL,
	"row_values" jsonb NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "foreign_rows_table_id_record_id_pk" PRIMARY KEY("table_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "row_reads" (
	"table_id" text NOT NULL,
	"record_id" text NOT NULL,
	"seen" jsonb NOT NULL,
	"must" boolean NOT NULL,
	"changed_by" text,
	"changed_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"touches" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "row_reads_table_id_record_id_pk" PRIMARY KEY("table_id","record_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "card_posts_subject" ON "card_posts" USING btree ("card","subject","chat_id");--> statement-breakpoint
CREATE INDEX "card_posts_behind" ON "card_posts" USING btree ("chat_id","due_at") WHERE version > shown_version and state = 'live';--> statement-breakpoint
CREATE INDEX "card_posts_digest" ON "card_posts" USING btree ("digest_id") WHERE digest_id is not null;--> statement-breakpoint
CREATE INDEX "card_posts_message" ON "card_posts" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "digests_unsent" ON "digests" USING btree ("due_at") WHERE message_id is null and state = 'live';--> statement-breakpoint
CREATE UNIQUE INDEX "cases_live" ON "cases" USING btree ("approval","subject") WHERE state in ('wanted', 'open') and want = 'live';--> statement-breakpoint
CREATE INDEX "cases_work" ON "cases" USING btree ("due_at") WHERE state in ('wanted', 'open');--> statement-breakpoint
CREATE UNIQUE INDEX "cases_instance" ON "cases" USING btree ("instance_code") WHERE instance_code is not null;--> statement-breakpoint
CREATE INDEX "cases_subject" ON "cases" USING btree ("approval","subject","created_at");--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("raised_at");--> statement-breakpoint
CREATE INDEX "events_due" ON "events" USING btree ("id") WHERE state = 'new';--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("subject","id") WHERE state = 'new';--> statement-breakpoint
CREATE INDEX "events_done" ON "events" USING btree ("done_at") WHERE state = 'done';--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_dedupe" ON "inbox" USING btree ("source","dedupe_key");--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("due_at","id") WHERE state = 'new';--> statement-breakpoint
CREATE INDEX "inbox_parked" ON "inbox" USING btree ("received_at") WHERE state = 'parked';--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "inbox_lane" ON "inbox" USING btree ("lane","id") WHERE state = 'new' and lane is not null;--> statement-breakpoint
CREATE INDEX "fetches_due" ON "fetches" USING btree ("due_at") WHERE state = 'new';--> statement-breakpoint
CREATE INDEX "orders_shop_created" ON "orders" USING btree ("shop_id","created_at");--> statement-breakpoint
CREATE INDEX "orders_no" ON "orders" USING btree ("order_no");--> statement-breakpoint
CREATE INDEX "outward_subject" ON "outward" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("platform","order_no");--> statement-breakpoint
CREATE INDEX "refunds_no" ON "refunds" USING btree ("refund_no");--> statement-breakpoint
CREATE INDEX "row_attempts_open" ON "row_attempts" USING btree ("base","started_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "table_rows_dirty" ON "table_rows" USING btree ("table_id","due_at") WHERE version > written_version and state = 'in';--> statement-breakpoint
CREATE UNIQUE INDEX "table_rows_record" ON "table_rows" USING btree ("table_id","record_id") WHERE record_id is not null;--> statement-breakpoint
CREATE INDEX "table_rows_window" ON "table_rows" USING btree ("table_id","closed","changed_at") WHERE state = 'in';--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_key" ON "tasks" USING btree ("job","task_key");--> statement-breakpoint
CREATE INDEX "tasks_due" ON "tasks" USING btree ("due_at") WHERE state = 'new';