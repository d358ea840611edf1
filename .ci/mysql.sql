-- The user and the database that the guide's programs use: documented defaults of a local test server.
CREATE DATABASE IF NOT EXISTS guide;
CREATE USER IF NOT EXISTS 'guide'@'127.0.0.1' IDENTIFIED BY 'guide';
CREATE USER IF NOT EXISTS 'guide'@'localhost' IDENTIFIED BY 'guide';
GRANT ALL PRIVILEGES ON guide.* TO 'guide'@'127.0.0.1';
GRANT ALL PRIVILEGES ON guide.* TO 'guide'@'localhost';
