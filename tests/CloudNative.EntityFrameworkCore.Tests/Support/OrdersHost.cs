using System.Collections.Concurrent;
using CloudNative.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

/// <summary>A service with a context, its outbox, and a handler of its own events that notes them.</summary>
internal sealed class OrdersHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TaskCompletionSource _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OrdersHost(IContextDatabase database, Func<OrderPlaced, EventContext, CancellationToken, Task>? handle = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "orders" });
        builder.Configuration.AddInMemoryCollection([
            new("CloudNative:Eventing:Provider", "memory"),
            new($"{EntityFrameworkOutboxOptions.SectionName}:PollInterval", "00:01:00")]);
        builder.Services.AddDbContext<OrdersContext>(database.Configure);
        builder.Services.AddCloudNativeEventing();
        builder.Services.AddCloudNativeEntityFrameworkOutbox<OrdersContext>();
        _host = builder.Build();
        _host.MapEvent<OrderPlaced>("orders", async (placed, context, cancellationToken) =>
        {
            await (handle?.Invoke(placed, context, cancellationToken) ?? Task.CompletedTask);
            Handled.Enqueue(placed.Item);
            _handled.TrySetResult();
        }).InOrder();
    }

    public ConcurrentQueue<string> Handled { get; } = new();

    public IServiceProvider Services => _host.Services;

    public IOutbox Outbox => Services.GetRequiredService<IOutbox>();

    public async Task StartAsync()
    {
        await using (var scope = Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<OrdersContext>().Database;
            await database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        }

        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs work with a context of its own.</summary>
    public async Task WithAsync(Func<OrdersContext, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<OrdersContext>());
    }

    /// <summary>
    /// Completes when an event was handled. The poll of the outbox takes a minute, so only what the relay was told of comes in time.
    /// </summary>
    public Task SomethingHandledAsync() =>
        _handled.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Waits until nothing is under way; the relay takes a look of its own for it.</summary>
    public async Task QuietAsync()
    {
        var all = Services.GetServices<IPendingEvents>();
        foreach (var pending in all.OrderByDescending(pending => pending.Name.StartsWith("outbox", StringComparison.Ordinal)))
        {
            await pending.WhenNoneReadyAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(TestContext.Current.CancellationToken);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
