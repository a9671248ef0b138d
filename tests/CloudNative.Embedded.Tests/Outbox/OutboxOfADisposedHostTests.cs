using CloudNative.Embedded.Tests.Support;
using CloudNative.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Embedded.Tests.Outbox;

/// <summary>A service that stops as soon as it has started: its relay works on while the container goes away.</summary>
public sealed class OutboxOfADisposedHostTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_WhileTheContainerGoesAway_TakesNothingFromIt()
    {
        await using var file = new ServiceDatabaseFile();
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddCloudNativeSqliteOutbox(file.ConnectionString);
        services.AddSingleton<LastBreath>();
        var host = services.BuildServiceProvider();
        var store = host.GetRequiredService<IOutboxStore>();
        await store.PrepareAsync(Cancelled);
        Exception? seen = null;
        var last = host.GetRequiredService<LastBreath>(); // Made last, it goes first.
        last.Act = async () =>
        {
            Assert.Throws<ObjectDisposedException>(() => host.GetService<IOutboxStore>());
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            var waiting = store.WaitAsync(enough.Token).AsTask();
            await store.GetBacklogAsync(Cancelled);
            await enough.CancelAsync();
            seen = await Record.ExceptionAsync(() => waiting);
        };

        await host.DisposeAsync();

        Assert.IsType<OperationCanceledException>(seen, exactMatch: false);
    }

    private sealed class LastBreath : IAsyncDisposable
    {
        public Func<Task> Act { get; set; } = () => Task.CompletedTask;

        public async ValueTask DisposeAsync() => await Act();
    }
}
