"""The stores on a database: SQLite today; statements are built so that PostgreSQL can follow."""
