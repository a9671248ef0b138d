using System.Collections.Concurrent;
using CloudNative.Kubernetes.Discovery.Dns;

namespace CloudNative.Kubernetes.Tests.Discovery.Dns;

/// <summary>Says what a test has told it to.</summary>
internal sealed class ScriptedDns : IDnsReader
{
    private readonly ConcurrentDictionary<string, DnsRecords> _records = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();
    private volatile DnsFailure? _failure;

    public IReadOnlyCollection<string> Asked => _asked;

    public static DnsTarget Pod(string host, string address, string port = "http", int number = 8080, int priority = 0, int weight = 50) =>
        new(port, number, priority, weight, $"{host}.catalog.shop.svc.cluster.local", address);

    public void Say(string port, int seconds, params DnsTarget[] targets) =>
        _records[$"_{port}._tcp.catalog.shop.svc.cluster.local"] = new DnsRecords(targets, TimeSpan.FromSeconds(seconds));

    public void Fail(string? reason, bool isServerDown = true) =>
        _failure = reason is null ? null : new DnsFailure(reason, isServerDown);

    public Task<DnsRecords> ReadAsync(string service, string port, CancellationToken cancellationToken)
    {
        var name = $"_{port}._tcp.{service}";
        _asked.Enqueue(name);
        return Task.FromResult(_failure is { } failure
            ? DnsRecords.Failed(failure)
            : _records.GetValueOrDefault(name, DnsRecords.None(TimeSpan.FromSeconds(30))));
    }
}
