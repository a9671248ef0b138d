using CloudNative.EntityFrameworkCore.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace CloudNative.EntityFrameworkCore.Tests;

public sealed class ModelBuilderExtensionsTests
{
    [Fact]
    public void AddCloudNativeEvents_AsAMigrationSeesIt_MakesTheTablesAndTheirFirstRows()
    {
        using var context = new OrdersContext(new DbContextOptionsBuilder<OrdersContext>().UseSqlite("Data Source=none.db").Options);
        var model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(source: null, model);

        Assert.Equal(
            [
                "Orders", "cloudnative_inbox", "cloudnative_outbox", "cloudnative_outbox_aside", "cloudnative_outbox_turn",
                "cloudnative_schema",
            ],
            operations.OfType<CreateTableOperation>().Select(table => table.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["cloudnative_outbox_turn", "cloudnative_schema"],
            operations.OfType<InsertDataOperation>().Select(rows => rows.Table).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AddCloudNativeEvents_SchemaOfTheModel_HoldsForItsTablesToo()
    {
        var model = new ModelBuilder();
        model.HasDefaultSchema("orders");
        model.AddCloudNativeEvents().AddCloudNativeEvents();
        var tables = model.Model.GetEntityTypes().Select(entity => (entity.GetSchema(), entity.GetTableName())).ToList();
        Assert.Equal(5, tables.Count);
        Assert.All(tables, table => Assert.Equal("orders", table.Item1));
    }
}
