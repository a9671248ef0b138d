using System.Net.Http.Json;
using CloudNative.Eventing;
using CloudNative.Sdk.TestApp;
using CloudNative.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Sdk.Tests.Hosts;

/// <summary>A team's tests of what its endpoints publish: call, wait until everything is handled, look.</summary>
public sealed class EventsInTestsTests : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly WebApplicationFactory<Program> _factory;

    public EventsInTestsTests() => _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
        .UseSetting("Logging:LogLevel:Default", "Warning")
        .UseSetting($"ConnectionStrings:{OrderStore.Name}", $"Data Source={_directory.Combine("orders.db")};Pooling=False")
        .ConfigureTestServices(services => services.AddSingleton<TimeProvider>(_clock).AddEventsTestHarness()));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private OrderStore Orders => _factory.Services.GetRequiredService<OrderStore>();

    private EventsTestHarness Events => _factory.Services.GetRequiredService<EventsTestHarness>();

    [Theory]
    [InlineData("/orders")]
    [InlineData("/orders/stored")]
    public async Task Quiesced_AfterARequestThatPublishes_AllOfItIsHandled(string path)
    {
        using var client = _factory.CreateClient();
        for (var number = 1; number <= 20; number++)
        {
            await PostAsync(client, path, new OrderPlaced(number));
            Assert.Equal(0, (await Events.QuiescedAsync(Cancelled)).Scheduled);
            Assert.Equal(Enumerable.Range(1, number), Orders.Shipped);
        }

        Assert.Equal(20, Events.Published.Count);
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("/orders/stored")]
    public async Task Quiesced_HandlerFails_CountsExactlyWhatIsDueLater(string path)
    {
        using var client = _factory.CreateClient();
        await PostAsync(client, path, new OrderPlaced(1));
        await PostAsync(client, path, new OrderPlaced(2, Failures: 1));
        await PostAsync(client, path, new OrderPlaced(3, Failures: 2));
        await PostAsync(client, path, new OrderPlaced(4, Failures: 9));
        var rounds = new List<(long Scheduled, int Shipped)>();
        for (var scheduled = long.MaxValue; scheduled > 0;)
        {
            scheduled = (await Events.QuiescedAsync(Cancelled)).Scheduled;
            var waiting = await Events.ListScheduledAsync(Cancelled);
            Assert.Equal(scheduled, waiting.Count);
            rounds.Add((scheduled, Orders.Shipped.Count));
            if (waiting.Count > 0)
            {
                _clock.Advance(waiting[^1].Due - _clock.GetUtcNow());
            }
        }

        // The first goes at once; the others in later rounds; the last is given up after its third delayed attempt.
        Assert.Equal([(3, 1), (2, 2), (1, 3), (0, 3)], rounds);
        Assert.Equal(SettlementKind.DeadLetter, Events.Settled[^1].Kind);
        Assert.Equal(4, Events.Published.Count);
    }

    [Fact]
    public async Task Quiesced_ManyRequestsAtOnce_NoneIsMissed()
    {
        using var client = _factory.CreateClient();
        for (var round = 1; round <= 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 16).Select(number =>
                PostAsync(client, number % 2 == 0 ? "/orders" : "/orders/stored", new OrderPlaced(number))));
            await Events.QuiescedAsync(Cancelled);
            Assert.Equal(16 * round, Orders.Shipped.Count);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task PostAsync(HttpClient client, string path, OrderPlaced order)
    {
        using var response = await client.PostAsJsonAsync(path, order, Cancelled);
        response.EnsureSuccessStatusCode();
    }
}
