# /// script
# dependencies = ["asyncpg", "sqlalchemy[asyncio]"]
# [tool.runnable]
# timeout = 20
# services = ["postgresql"]
# ///
import asyncio
import os

from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")
URL = URL.replace("postgresql://", "postgresql+asyncpg://")


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "guide_session_author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(order_by="Book.id")


class Book(Base):
    __tablename__ = "guide_session_book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id))


async def add(new_session, name, titles):
    async with new_session.begin() as session:
        session.add(Author(name=name, books=[Book(title=title) for title in titles]))


async def main():
    engine = create_async_engine(URL)
    new_session = async_sessionmaker(engine, expire_on_commit=False)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
            await connection.run_sync(Base.metadata.create_all)
        async with asyncio.TaskGroup() as group:
            group.create_task(add(new_session, "Ada", ["Notes"]))
            group.create_task(add(new_session, "Ben", ["Salt", "Snow"]))
        async with new_session() as session:
            for author in await session.scalars(
                select(Author).options(selectinload(Author.books)).order_by(Author.name)
            ):
                print(author.name, [book.title for book in author.books])
    finally:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
        await engine.dispose()


asyncio.run(main())
