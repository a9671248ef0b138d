using System.Globalization;

namespace CloudNative.RabbitMq.Topology;

/// <summary>
/// The arguments of the queues. They are part of what a broker compares: changing one makes other names
/// necessary.
/// </summary>
internal static class QueueKinds
{
    public const int UnroutedKept = 10_000;

    // A broker's own limit of deliveries (20 from version 4 on) would give events up that the handlers'
    // retries have not.
    private const int DeliveryLimit = 1_000_000;

    // Whole segments are dropped when they are too old or too many.
    private const long LetterSegment = 16L << 20;

    private static readonly TimeSpan _forgotten = TimeSpan.FromMinutes(5);

    /// <summary>Keeps everything until somebody takes it away.</summary>
    public static Dictionary<string, object?> Dead() => Quorum();

    /// <summary>Can be read without taking anything away, from any place in it.</summary>
    public static Dictionary<string, object?> Letters(RabbitMqDeadLetterOptions options) => new()
    {
        ["x-queue-type"] = "stream",
        ["x-max-age"] = string.Create(CultureInfo.InvariantCulture, $"{(long)options.MaxAge.TotalSeconds}s"),
        ["x-max-length-bytes"] = options.MaxBytes,
        ["x-stream-max-segment-size-bytes"] = LetterSegment,
    };

    /// <summary>
    /// What a group works on. Whatever a policy makes the broker give up goes to the dead letters, at least
    /// once.
    /// </summary>
    public static Dictionary<string, object?> Work(string dead)
    {
        var arguments = Quorum();
        arguments["x-delivery-limit"] = DeliveryLimit;
        return WithDeadLetters(arguments, string.Empty, dead);
    }

    /// <summary>What is handled one after another.</summary>
    public static Dictionary<string, object?> Partition(string dead)
    {
        var arguments = Work(dead);
        arguments["x-single-active-consumer"] = true;
        return arguments;
    }

    /// <summary>One process's alone; goes away some minutes after the process.</summary>
    public static Dictionary<string, object?> Broadcast(string dead)
    {
        var arguments = Work(dead);
        arguments["x-expires"] = (int)_forgotten.TotalMilliseconds;
        return arguments;
    }

    public static Dictionary<string, object?> Delay(int level, string next)
    {
        var arguments = Quorum();
        arguments["x-message-ttl"] = (long)DelayLadder.TimeOf(level).TotalMilliseconds;
        return WithDeadLetters(arguments, next, null);
    }

    /// <summary>The last events that nobody was there for.</summary>
    public static Dictionary<string, object?> Unrouted()
    {
        var arguments = Quorum();
        arguments["x-max-length"] = UnroutedKept;
        return arguments;
    }

    private static Dictionary<string, object?> Quorum() => new() { ["x-queue-type"] = "quorum" };

    private static Dictionary<string, object?> WithDeadLetters(
        Dictionary<string, object?> arguments, string exchange, string? routingKey)
    {
        arguments["x-dead-letter-exchange"] = exchange;
        arguments["x-dead-letter-strategy"] = "at-least-once";
        arguments["x-overflow"] = "reject-publish";
        if (routingKey is not null)
        {
            arguments["x-dead-letter-routing-key"] = routingKey;
        }

        return arguments;
    }
}
