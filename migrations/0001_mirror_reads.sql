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
