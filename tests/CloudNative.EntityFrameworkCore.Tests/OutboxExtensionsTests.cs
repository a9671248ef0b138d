using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Eventing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Tests;

public abstract class OutboxExtensionsTests : IAsyncLifetime
{
    private IContextDatabase _database = null!;
    private OrdersHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract ValueTask<IContextDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        _host = new OrdersHost(_database);
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Enqueue_Saved_IsPublishedOnceAndLeavesNoRow()
    {
        await _host.WithAsync(async context =>
        {
            Place(context, "tea");
            Place(context, "milk");
            await context.SaveChangesAsync(Token);
            Assert.Equal(2, context.ChangeTracker.Entries().Count());
        });
        await _host.QuietAsync();

        Assert.Equal(["tea", "milk"], _host.Handled);
        await _host.WithAsync(async context => Assert.Equal(2, await context.Orders.CountAsync(Token)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Enqueue_Committed_WakesTheRelay(bool hasTransaction)
    {
        await _host.QuietAsync();
        await _host.WithAsync(context => context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = hasTransaction ? await context.Database.BeginTransactionAsync(Token) : null;
            Place(context, "tea");
            await context.SaveChangesAsync(Token);
            await (transaction?.CommitAsync(Token) ?? Task.CompletedTask);
        }));
        await _host.SomethingHandledAsync();

        Assert.Equal(["tea"], _host.Handled);
    }

    [Fact]
    public async Task Enqueue_ManyInOneSave_KeepTheirOrder()
    {
        var items = Enumerable.Range(0, 300).Select(number => $"{number}").ToList();
        await _host.WithAsync(async context =>
        {
            items.ForEach(item => Place(context, item));
            await context.SaveChangesAsync(Token);
        });
        await _host.QuietAsync();

        Assert.Equal(items, _host.Handled);
    }

    [Fact]
    public async Task Enqueue_SavedWithoutAwait_IsPublished()
    {
        await _host.WithAsync(context =>
        {
            Place(context, "tea");
            context.SaveChanges();
            return Task.CompletedTask;
        });
        await _host.QuietAsync();

        Assert.Equal(["tea"], _host.Handled);
    }

    [Fact]
    public async Task Enqueue_NotSaved_IsNotPublished()
    {
        await _host.WithAsync(context =>
        {
            Place(context, "tea");
            return Task.CompletedTask;
        });
        await _host.QuietAsync();

        Assert.Empty(_host.Handled);
    }

    [Fact]
    public async Task Enqueue_SaveFails_NeitherOrderNorEventIsThere()
    {
        await _host.WithAsync(async context =>
        {
            Place(context, "tea");
            Place(context, "tea");
            await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync(Token));
        });
        await _host.QuietAsync();

        Assert.Empty(_host.Handled);
        await _host.WithAsync(async context => Assert.Equal(0, await context.Orders.CountAsync(Token)));
    }

    [Fact]
    public async Task Enqueue_WithinATransaction_IsPublishedWhenThatCommits()
    {
        await _host.WithAsync(context => context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            Place(context, "tea");
            await context.SaveChangesAsync(Token);
            Place(context, "milk");
            await context.SaveChangesAsync(Token);
            Assert.Empty(_host.Handled);
            await transaction.CommitAsync(Token);
        }));
        await _host.QuietAsync();

        Assert.Equal(["tea", "milk"], _host.Handled);
    }

    [Fact]
    public async Task Enqueue_WithinATransactionThatIsRolledBack_IsNotPublished()
    {
        await _host.WithAsync(async context =>
        {
            await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(Token);
                Place(context, "tea");
                await context.SaveChangesAsync(Token);
                await transaction.RollbackAsync(Token);
            });
            context.ChangeTracker.Clear();
            Place(context, "milk");
            await context.SaveChangesAsync(Token);
        });
        await _host.QuietAsync();

        Assert.Equal(["milk"], _host.Handled);
    }

    [Fact]
    public async Task EnqueueAsync_OnTheContextsOwnTransaction_IsPublished()
    {
        await _host.WithAsync(context => context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            await _host.Outbox.EnqueueAsync(transaction.GetDbTransaction(), new OrderPlaced("tea"), null, Token);
            await transaction.CommitAsync(Token);
        }));
        await _host.QuietAsync();

        Assert.Equal(["tea"], _host.Handled);
    }

    [Fact]
    public void Enqueue_ContextThatWasNotNamed_SaysHowToNameIt()
    {
        using var context = new OrdersContext(new DbContextOptionsBuilder<OrdersContext>().UseSqlite("Data Source=none.db").Options);
        var exception = Assert.Throws<InvalidOperationException>(() => _host.Outbox.Enqueue(context, new OrderPlaced("tea")));
        Assert.StartsWith("CN4606 ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("UseEntityFrameworkOutbox<OrdersContext>()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enqueue_ModelWithoutTheTables_SaysWhatToCall()
    {
        await using var host = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddDbContext<ForgetfulContext>(options => options.UseSqlite("Data Source=none.db"))
            .AddCloudNativeEntityFrameworkOutbox<ForgetfulContext>()
            .BuildServiceProvider();
        using var scope = host.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ForgetfulContext>();
        var exception = Assert.Throws<InvalidOperationException>(() => _host.Outbox.Enqueue(context, new OrderPlaced("tea")));
        Assert.StartsWith("CN4603 ", exception.Message, StringComparison.Ordinal);
    }

    private void Place(OrdersContext context, string item)
    {
        context.Orders.Add(new Order { Item = item });
        _host.Outbox.Enqueue(context, new OrderPlaced(item), new PublishOptions { Key = "customer" });
    }
}
