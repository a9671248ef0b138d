using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CloudNative.RabbitMq.Topology;

/// <summary>
/// What exchanges and queues are called. Topics and groups have no <c>/</c>, <c>~</c> or <c>!</c> in their names, so nothing here can be
/// mistaken for something else.
/// </summary>
internal sealed class Names(string prefix)
{
    /// <summary>
    /// Queues of an ordered group: each has one consumer at a time, so that what is in it is handled one
    /// after another.
    /// </summary>
    public const int Partitions = 16;

    /// <summary>The routing key of events without a key.</summary>
    public const string Unkeyed = "-";

    // A routing key may have 255 bytes; the delay's bits and the last word take 60 of them.
    private const int Longest = 180;

    // FNV-1a, 32 bits: the same in every process and every version, on whatever machine.
    private const uint HashBasis = 2166136261;
    private const uint HashPrime = 16777619;

    public string Due { get; } = $"{prefix}/~due";

    public string Unrouted { get; } = $"{prefix}/~unrouted";

    /// <summary>The stream of all dead letters.</summary>
    public string DeadLetters { get; } = $"{prefix}/~dead";

    public string Delay(int level) => string.Create(CultureInfo.InvariantCulture, $"{prefix}/~delay/{level}");

    public string Topic(string topic) => Shorten($"{prefix}/{topic}");

    public string Group(string topic, string group) => Shorten($"{prefix}/{topic}/{group}");

    public string Partition(string topic, string group, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{Group(topic, group)}/{partition}");

    public string WithoutKey(string topic, string group) => $"{Group(topic, group)}/{Unkeyed}";

    /// <summary>Where the broker puts what it gives up itself; moved to <see cref="DeadLetters"/> from there.</summary>
    public string Dead(string topic, string group) => $"{Group(topic, group)}/dead";

    public string Broadcast(string topic, string group, Guid member) => $"{Group(topic, group)}/@{member:N}";

    /// <summary>A name as one word of a routing key.</summary>
    public static string Word(string name) => name.Replace('.', '!');

    /// <summary>Where an event goes by its key: the number of a partition, or <see cref="Unkeyed"/>.</summary>
    public static string RoutingKey(string? key)
    {
        if (key is null)
        {
            return Unkeyed;
        }

        var hash = HashBasis;
        foreach (var value in Encoding.UTF8.GetBytes(key))
        {
            hash = (hash ^ value) * HashPrime;
        }

        // The low bits of FNV mix worst.
        return ((hash ^ (hash >> 16)) % Partitions).ToString(CultureInfo.InvariantCulture);
    }

    private static string Shorten(string name)
    {
        const int kept = 100;
        return name.Length <= Longest - 40
            ? name
            : $"{name[..kept]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16])}";
    }
}
