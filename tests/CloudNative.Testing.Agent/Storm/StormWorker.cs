using System.Globalization;
using System.Text.Json;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Testing.Agent.Storm;

/// <summary>
/// One process of the kill harness: a service that publishes numbers by keys of its own and says which were acknowledged, by some keys to
/// the transport and by others through the outbox, and handles whatever comes. Publishing ends with the line <c>quiet</c>, the process with
/// its input.
/// </summary>
internal static class StormWorker
{
    private const string Topic = "storm";
    private const int Keys = 5;

    private static string Filler { get; } = new('x', 150);

    public static async Task RunAsync(string provider, string place, string effects, string name)
    {
        var builder = AgentHost.CreateBuilder(
            "storm",
            provider,
            place,
            effects,
            ("CloudNative:Eventing:LeaseDuration", "00:00:02"),
            ("CloudNative:Eventing:Concurrency", "8"),
            ("CloudNative:Eventing:Retry:Immediate", "0"),
            ("CloudNative:Eventing:Retry:Delayed", "1000"),
            ("CloudNative:Eventing:Retry:BaseDelay", "00:00:00.050"),
            ("CloudNative:Eventing:Retry:Factor", "1"),
            ("CloudNative:Eventing:Outbox:MaxBackoff", "00:00:02"));
        using var host = builder.Build();
        host.MapEvent<Numbered>(Topic, (numbered, context, token) => StormHandler.HandleAsync(numbered, context, effects, token)).InOrder();
        await host.StartAsync();
        AgentHost.Say("ready");
        using var quiet = new CancellationTokenSource();
        var publishing = Enumerable.Range(0, Keys)
            .Select(key => Task.Run(() => PublishAsync(Way(host.Services, provider, effects, key), $"{name}-{key}", quiet.Token)))
            .ToList();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == "quiet")
            {
                await quiet.CancelAsync();
                await Task.WhenAll(publishing);
                AgentHost.Say("quiet");
            }
        }

        await quiet.CancelAsync();
        await Task.WhenAll(publishing);
        await host.StopAsync();
    }

    private static Func<string, long, int, Task> Way(IServiceProvider services, string provider, string effects, int key)
    {
        var transport = services.GetRequiredKeyedService<IEventTransport>(provider);
        var outbox = services.GetRequiredService<IOutbox>();
        return key % 2 == 0
            ? (name, first, count) => AppendAsync(transport, name, first, count)
            : (name, first, count) => EnqueueAsync(outbox, effects, name, first, count);
    }

    // One after another within a key; what was refused is published again under the same id.
    private static async Task PublishAsync(Func<string, long, int, Task> publish, string key, CancellationToken quiet)
    {
        for (var number = 0L; !quiet.IsCancellationRequested;)
        {
            var count = Random.Shared.Next(1, 4);
            try
            {
                await publish(key, number, count);
                AgentHost.Say(string.Create(CultureInfo.InvariantCulture, $"ack {key} {number + count - 1}"));
                number += count;
            }
            catch (Exception exception) when (exception is EventTransportException or SqliteException)
            {
                AgentHost.Say($"refused {exception.Message.ReplaceLineEndings(" ")}");
                await Task.Delay(50, CancellationToken.None);
            }

            await Task.Delay(Random.Shared.Next(5, 40), CancellationToken.None);
        }
    }

    private static Task AppendAsync(IEventTransport transport, string key, long first, int count) => transport.AppendAsync(
        [.. Numbers(key, first, count).Select(item => new OutgoingEvent(Topic, new EventEnvelope
        {
            Id = IdOf(item),
            Source = "/services/storm",
            Type = "storm.numbered.v1",
            Key = key,
            Data = JsonSerializer.SerializeToUtf8Bytes(item),
        }))],
        CancellationToken.None).AsTask();

    private static async Task EnqueueAsync(IOutbox outbox, string effects, string key, long first, int count)
    {
        using var connection = AgentHost.Open(effects);
        using var transaction = connection.BeginTransaction();
        foreach (var item in Numbers(key, first, count))
        {
            await outbox.EnqueueAsync(
                transaction, item, new PublishOptions { Id = IdOf(item), Key = key, Topic = Topic }, CancellationToken.None);
        }

        transaction.Commit();
    }

    private static IEnumerable<Numbered> Numbers(string key, long first, int count) =>
        Enumerable.Range(0, count).Select(offset => new Numbered(key, first + offset, Filler));

    private static string IdOf(Numbered item) => string.Create(CultureInfo.InvariantCulture, $"{item.Key}/{item.Number}");
}
