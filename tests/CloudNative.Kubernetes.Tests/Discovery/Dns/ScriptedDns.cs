using System.Collections.Concurrent;
using CloudNative.Kubernetes.Discovery.Dns;

namespace CloudNative.Kubernetes.Tests.Discovery.Dns;

/// <summary>Says what a test has told it to.</summary>
internal sealed class ScriptedDns : IDnsReader
{
    private readonly ConcurrentDictionary<string, DnsRecords> _records = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();
    private volatile string? _failure;

    public IReadOnlyCollection<string> Asked => _asked;

    public static DnsTarget Pod(string host, string address, string port = "http", int number = 8080, int priority = 0, int weight = 50) =>
        new(port, number, priority, weight, $"{host}.catalog.shop.svc.cluster.local", address);

    public void Say(string port, int seconds, params DnsTarget[] targets) =>
        _records[$"_{port}._tcp.catalog.shop.svc.cluster.local"] = new DnsRecords(targets, TimeSpan.FromSeconds(seconds));

    public void Fail(string? reason) => _failure = reason;

    public Task<DnsRecords> ReadAsync(string service, string port, CancellationToken cancellationToken)
    {
        var name = $"_{port}._tcp.{service}";
        _asked.Enqueue(name);
        return _failure is { } reason
            ? Task.FromException<DnsRecords>(new KubernetesException(reason))
            : Task.FromResult(_records.GetValueOrDefault(name, DnsRecords.None(TimeSpan.FromSeconds(30))));
    }
}
