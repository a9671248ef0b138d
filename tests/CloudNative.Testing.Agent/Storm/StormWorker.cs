using System.Globalization;
using CloudNative.Embedded;
using CloudNative.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Testing.Agent.Storm;

/// <summary>
/// One process of the kill harness: publishes numbers by keys of its own and says which were acknowledged, and handles whatever comes.
/// Publishing ends with the line <c>quiet</c>, the process with its input.
/// </summary>
internal static class StormWorker
{
    public const string Topic = "storm";
    public const string Group = "effects";

    private const int Keys = 5;

    public static async Task RunAsync(string dataDirectory, string effects, string name)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new($"{EmbeddedOptions.SectionName}:DataDirectory", dataDirectory)])
            .Build());
        services.AddLogging(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        await using var provider = services.AddCloudNativeEmbedded().BuildServiceProvider();
        var transport = provider.GetRequiredKeyedService<IEventTransport>(EmbeddedProvider.Name);
        await using var subscription = await SubscribeAsync(transport, effects);
        Say("ready");
        using var quiet = new CancellationTokenSource();
        var publishing = Enumerable.Range(0, Keys).Select(key => PublishAsync(transport, $"{name}-{key}", quiet.Token)).ToList();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == "quiet")
            {
                await quiet.CancelAsync();
                await Task.WhenAll(publishing);
                Say("quiet");
            }
        }

        await quiet.CancelAsync();
        await Task.WhenAll(publishing);
    }

    public static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    // The store may be busy or full when the process starts.
    private static async Task<IEventSubscription> SubscribeAsync(IEventTransport transport, string effects)
    {
        while (true)
        {
            try
            {
                return await transport.SubscribeAsync(
                    new SubscriptionSpec
                    {
                        Topic = Topic,
                        Group = Group,
                        Ordering = EventOrdering.ByKey,
                        MaxInFlight = 8,
                        LeaseDuration = TimeSpan.FromSeconds(2),
                        MaxAttempts = 10_000,
                    },
                    new StormSink(effects),
                    CancellationToken.None);
            }
            catch (EventTransportException exception)
            {
                Say($"unsubscribed {exception.Message.ReplaceLineEndings(" ")}");
                await Task.Delay(100);
            }
        }
    }

    // One after another within a key; what was refused is published again under the same id, as an outbox does.
    private static async Task PublishAsync(IEventTransport transport, string key, CancellationToken quiet)
    {
        for (var number = 0L; !quiet.IsCancellationRequested;)
        {
            var count = Random.Shared.Next(1, 4);
            var batch = Enumerable.Range(0, count).Select(offset => Make(key, number + offset)).ToList();
            try
            {
                await transport.AppendAsync(batch, CancellationToken.None);
                Say(string.Create(CultureInfo.InvariantCulture, $"ack {key} {number + count - 1}"));
                number += count;
            }
            catch (EventTransportException exception)
            {
                Say($"refused {exception.Message.ReplaceLineEndings(" ")}");
                await Task.Delay(50, CancellationToken.None);
            }

            await Task.Delay(Random.Shared.Next(5, 40), CancellationToken.None);
        }
    }

    private static OutgoingEvent Make(string key, long number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return new OutgoingEvent(Topic, new EventEnvelope
        {
            Id = $"{key}/{text}",
            Source = "/services/storm",
            Type = "storm.numbered.v1",
            Key = key,
            Subject = text,
            Data = new byte[200],
        });
    }
}
