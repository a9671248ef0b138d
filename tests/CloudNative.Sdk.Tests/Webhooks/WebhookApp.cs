using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.Sdk.Tests.Webhooks;

/// <summary>A web service with a webhook, and what it handled.</summary>
internal sealed class WebhookApp : IAsyncDisposable
{
    public const string Path = "/webhooks/parcels";

    private readonly WebApplication _app;

    private WebhookApp(WebApplication app, Recorded recorded) => (_app, Handled) = (app, recorded);

    public Recorded Handled { get; }

    public static async Task<WebhookApp> StartAsync(
        Action<EventWebhookOptions>? configure = null, Action<IEndpointConventionBuilder>? guard = null, bool hasTransport = true)
    {
        var builder = WebAppUnderTest.CreateBuilder(
            ("CloudNative:Hosting:Mode", "Test"), ("CloudNative:Eventing:Provider", hasTransport ? null : "none"));
        builder.Services.AddFakeLogging();
        builder.AddCloudNative();
        var recorded = new Recorded();
        var app = builder.Build();
        if (hasTransport)
        {
            app.MapEvent<Management.Parcel>("parcels", (parcel, context, _) =>
            {
                recorded.Add((parcel.Number, context.Event.Id));
                return ValueTask.CompletedTask;
            });
        }

        var webhook = app.MapEventWebhook(Path, "parcels", configure);
        (guard ?? (endpoint => endpoint.AllowAnonymous()))(webhook);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebhookApp(app, recorded);
    }

    public HttpClient Client() => _app.Client();

    public IEnumerable<string> Logged(LogLevel level) => _app.Services.GetRequiredService<FakeLogCollector>().GetSnapshot()
        .Where(record => record.Level == level && record.Category!.Contains("Webhook", StringComparison.Ordinal))
        .Select(record => record.Message);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Handled.Dispose();
    }

    internal sealed class Recorded : IDisposable
    {
        private readonly ConcurrentQueue<(int Number, string Id)> _seen = new();
        private readonly SemaphoreSlim _arrived = new(0);

        public void Add((int Number, string Id) one)
        {
            _seen.Enqueue(one);
            _arrived.Release();
        }

        public async Task<List<(int Number, string Id)>> TakeAsync(int count)
        {
            for (var taken = 0; taken < count; taken++)
            {
                Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            }

            return [.. _seen];
        }

        public void Dispose() => _arrived.Dispose();
    }
}
