# /// script
# dependencies = ["asyncpg", "sqlalchemy[asyncio]"]
# [tool.runnable]
# timeout = 20
# services = ["postgresql"]
# ///
import asyncio
import os
from contextlib import asynccontextmanager

from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import MissingGreenlet
from sqlalchemy.ext.asyncio import AsyncAttrs, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

URL = os.environ.get("POSTGRESQL_URL", "postgresql://guide:guide@127.0.0.1:5432/guide")
URL = URL.replace("postgresql://", "postgresql+asyncpg://")


class Base(AsyncAttrs, DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "guide_lazy_author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(order_by="Book.id")


class Book(Base):
    __tablename__ = "guide_lazy_book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id))


# --8<-- [start:lazy]
async def titles(new_session, query):
    async with new_session() as session:
        author = await session.scalar(query)
        try:
            print([book.title for book in author.books])
        except MissingGreenlet as error:
            print("MissingGreenlet:", str(error).partition(";")[0])
            print("asked for it by name:", [book.title for book in await author.awaitable_attrs.books])


async def main():
    async with database() as new_session:
        await titles(new_session, select(Author))
        await titles(new_session, select(Author).options(selectinload(Author.books)))


# --8<-- [end:lazy]
@asynccontextmanager
async def database():
    engine = create_async_engine(URL)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
            await connection.run_sync(Base.metadata.create_all)
        new_session = async_sessionmaker(engine, expire_on_commit=False)
        async with new_session.begin() as session:
            session.add(Author(name="Ben", books=[Book(title="Salt"), Book(title="Snow")]))
        yield new_session
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
    finally:
        await engine.dispose()


asyncio.run(main())
