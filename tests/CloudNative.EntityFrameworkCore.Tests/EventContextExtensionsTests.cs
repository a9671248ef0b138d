using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Eventing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Tests;

public abstract class EventContextExtensionsTests : IAsyncLifetime
{
    private IContextDatabase _database = null!;
    private readonly List<bool> _claims = [];
    private readonly List<Exception> _failures = [];
    private Func<OrdersContext, int, Task> _meanwhile = (_, _) => Task.CompletedTask;
    private Func<int, Task> _afterwards = _ => Task.CompletedTask;
    private OrdersHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract ValueTask<IContextDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        _database = await CreateDatabaseAsync();
        _host = new OrdersHost(_database, HandleAsync);
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TryClaim_DeliveredAgainAfterTheEffect_EffectHappensOnce()
    {
        _afterwards = attempt => attempt == 1 ? throw new InvalidOperationException("the acknowledgement was lost") : Task.CompletedTask;
        await PublishAsync("tea");

        Assert.Equal([true, false], _claims);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task TryClaim_EffectFails_ClaimIsGoneWithIt()
    {
        _meanwhile = (_, attempt) => attempt == 1 ? throw new InvalidOperationException("the effect failed") : Task.CompletedTask;
        await PublishAsync("tea");

        Assert.Equal([true, true], _claims);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task TryClaim_TwoAtOnce_OneSavesAndTheOtherIsDeliveredAgainInVain()
    {
        // Another process claims the same between the look and the save; now, since claims of long ago are cleared away.
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        _meanwhile = (context, attempt) => attempt == 1
            ? context.Database.ExecuteSqlAsync(
                $"INSERT INTO cloudnative_inbox (consumer, source, id, claimed) VALUES ('orders', '/services/orders', '1', {now})", Token)
            : Task.CompletedTask;
        await PublishAsync("tea");

        Assert.Equal([true, false], _claims);
        Assert.IsType<DbUpdateException>(Assert.Single(_failures));
        Assert.Equal(0, await CountAsync());
    }

    private async Task HandleAsync(OrderPlaced placed, EventContext context, CancellationToken cancellationToken)
    {
        var database = context.Services.GetRequiredService<OrdersContext>();
        var isNew = await context.TryClaimAsync(database, cancellationToken);
        _claims.Add(isNew);
        if (!isNew)
        {
            return;
        }

        Assert.False(await context.TryClaimAsync(database, cancellationToken));
        await _meanwhile(database, context.Attempt);
        database.Orders.Add(new Order { Item = placed.Item });
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception)
        {
            _failures.Add(exception);
            throw;
        }

        await _afterwards(context.Attempt);
    }

    private async Task PublishAsync(string item)
    {
        await _host.Services.GetRequiredService<IEventPublisher>()
            .PublishAsync(new OrderPlaced(item), new PublishOptions { Id = "1" }, Token);
        await _host.QuietAsync();
    }

    private async Task<int> CountAsync()
    {
        var count = 0;
        await _host.WithAsync(async context => count = await context.Orders.CountAsync(Token));
        return count;
    }
}
