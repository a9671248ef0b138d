using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

/// <summary>A database of one kind for one test, and another one beside it.</summary>
internal interface IContextDatabase : IAsyncDisposable
{
    void Configure(DbContextOptionsBuilder options);

    DbConnection Connect();

    DbConnection ConnectElsewhere();
}
