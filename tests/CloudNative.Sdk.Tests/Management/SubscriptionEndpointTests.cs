using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CloudNative.Eventing;
using CloudNative.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.Management;

public sealed class SubscriptionEndpointTests : IDisposable
{
    private const string Path = "/cloudnative/subscriptions";
    private const string Topic = "parcels";

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Show_HandlerAtWork_SaysWhatWaitsAndWhatIsInHand()
    {
        var begun = new TaskCompletionSource();
        var done = new TaskCompletionSource();
        await using var app = await ManagedApp.StartAsync(
            build: Serve("memory", "shipping"),
            use: app => app.MapEvent<Parcel>(Topic, async (_, _, _) =>
            {
                begun.TrySetResult();
                await done.Task;
            }).WithConcurrency(1).InOrder());
        await PublishAsync(app, 3);
        await begun.Task.WaitAsync(Cancel);

        var busy = Assert.Single((await ShowAsync(app)).GetProperty("subscriptions").EnumerateArray());
        done.SetResult();
        await QuietAsync(app);
        var idle = Assert.Single((await ShowAsync(app)).GetProperty("subscriptions").EnumerateArray());

        Assert.Equal(("parcels", "shipping", "Active"), (Text(busy, "topic"), Text(busy, "group"), Text(busy, "state")));
        Assert.Equal((3, 1, 1), (Number(busy, "waiting"), Number(busy, "inFlight"), Number(busy, "concurrency")));
        Assert.True(busy.GetProperty("inOrder").GetBoolean());
        Assert.InRange(busy.GetProperty("oldestSeconds").GetDouble(), 0, 600);
        Assert.Equal(0, Number(idle, "waiting"));
        Assert.False(idle.TryGetProperty("oldestSeconds", out _));
    }

    [Fact]
    public async Task Show_OtherServiceIsStopped_ItsEventsWaitAndDrainWhenItIsBack()
    {
        await using var payments = await ManagedApp.StartAsync(build: Serve("embedded", "payments"));
        await using (var former = await StartShippingAsync(() => { }))
        {
            await former.StopAsync(Cancel);
        }

        await PublishAsync(payments, 3);
        var waiting = Assert.Single((await ShowAsync(payments)).GetProperty("groups").EnumerateArray());
        var left = new CountdownEvent(3);
        var empty = new TaskCompletionSource();
        await using var shipping = await StartShippingAsync(() =>
        {
            if (left.Signal())
            {
                empty.SetResult();
            }
        });
        await empty.Task.WaitAsync(Cancel);
        await shipping.StopAsync(Cancel);
        var drained = Assert.Single((await ShowAsync(payments)).GetProperty("groups").EnumerateArray());

        Assert.Equal(("parcels", "shipping"), (Text(waiting, "topic"), Text(waiting, "group")));
        Assert.Equal((3, 0), (Number(waiting, "waiting"), Number(waiting, "members")));
        Assert.InRange(waiting.GetProperty("oldestSeconds").GetDouble(), 0, 600);
        Assert.Equal((0, 0), (Number(drained, "waiting"), Number(drained, "members")));
    }

    [Fact]
    public async Task Show_TransportIsDown_OutboxHoldsAndSubscriptionSaysWhy()
    {
        var down = new FakeDeadLetters { Outage = "CN4005 The disk is full." };
        var database = $"Data Source={_directory.Combine("parcels.db")}";
        await using var app = await ManagedApp.StartAsync(
            down,
            build: builder => builder.AddCloudNative(cloud => cloud.Events.UseSqliteOutbox(database)),
            use: app => app.MapEvent<Parcel>(Topic, (_, _, _) => ValueTask.CompletedTask).WithGroup("shipping"));
        await using (var connection = new SqliteConnection(database))
        {
            await connection.OpenAsync(Cancel);
            await using var transaction = connection.BeginTransaction();
            await app.Services.GetRequiredService<IOutbox>().EnqueueAsync(transaction, new Parcel(1), options: null, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        await down.RefusedAsync(2, Cancel);
        var overview = await ShowAsync(app);

        var outbox = Assert.Single(overview.GetProperty("outboxes").EnumerateArray());
        Assert.Equal((1, 0, true), (Number(outbox, "waiting"), Number(outbox, "setAside"), outbox.GetProperty("failing").GetBoolean()));
        Assert.InRange(outbox.GetProperty("oldestSeconds").GetDouble(), 0, 600);
        Assert.Contains("parcels", Text(outbox, "name"), StringComparison.Ordinal);
        var subscription = Assert.Single(overview.GetProperty("subscriptions").EnumerateArray());
        Assert.Equal(("Paused", down.Outage), (Text(subscription, "state"), Text(subscription, "description")));
        Assert.False(subscription.TryGetProperty("waiting", out _));
        Assert.False(overview.TryGetProperty("groups", out _));
    }

    [Fact]
    public async Task Show_NoEvents_IsEmptyAndOpensNothing()
    {
        await using var app = await ManagedApp.StartAsync();

        var overview = await ShowAsync(app);

        Assert.Empty(overview.GetProperty("subscriptions").EnumerateArray());
        Assert.Empty(overview.GetProperty("outboxes").EnumerateArray());
        Assert.False(overview.TryGetProperty("groups", out _));
    }

    [Fact]
    public async Task Show_CallerBehindAProxy_FindsNothing()
    {
        await using var app = await ManagedApp.StartAsync(build: Serve("memory", "shipping"));
        using var client = app.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        using var response = await client.GetAsync(Path, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static int Number(JsonElement item, string name) => item.GetProperty(name).GetInt32();

    private static async Task<JsonElement> ShowAsync(WebApplication app)
    {
        using var client = app.Client();
        return await client.GetFromJsonAsync<JsonElement>(Path, Cancel);
    }

    private static async Task PublishAsync(WebApplication app, int count)
    {
        var publisher = app.Services.GetRequiredService<IEventPublisher>();
        for (var number = 1; number <= count; number++)
        {
            await publisher.PublishAsync(new Parcel(number), options: null, Cancel);
        }
    }

    private static async Task QuietAsync(WebApplication app)
    {
        foreach (var place in app.Services.GetServices<IPendingEvents>())
        {
            await place.WhenNoneReadyAsync(Cancel);
        }
    }

    private Task<WebApplication> StartShippingAsync(Action handled) => ManagedApp.StartAsync(
        build: Serve("embedded", "shipping"),
        use: app => app.MapEvent<Parcel>(Topic, (_, _, _) =>
        {
            handled();
            return ValueTask.CompletedTask;
        }));

    private Action<WebApplicationBuilder> Serve(string provider, string service) => builder =>
    {
        builder.Configuration["CloudNative:Service:Name"] = service;
        builder.Configuration["CloudNative:Eventing:Provider"] = provider;
        builder.Configuration["CloudNative:Embedded:DataDirectory"] = _directory.Path;
    };
}
