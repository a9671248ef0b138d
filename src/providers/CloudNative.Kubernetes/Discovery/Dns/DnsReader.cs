using System.Net;
using System.Net.Sockets;
using CloudNative.Kubernetes.Configuration;
using DnsClient;
using DnsClient.Protocol;

namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>
/// Asks as the specification of DNS in Kubernetes has it
/// (https://github.com/kubernetes/dns/blob/master/docs/specification.md). It keeps nothing: whoever asks knows for how
/// long an answer holds.
/// </summary>
internal sealed class DnsReader(ILookupClient client) : IDnsReader
{
    // Where a name does not exist, its zone says for how long; where it does not say, as CoreDNS does by default.
    private static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromSeconds(5);

    public static DnsReader Create(IPEndPoint? server)
    {
        var options = server is null ? new LookupClientOptions() : new LookupClientOptions(server);
        options.UseCache = false;
        options.Timeout = TimeSpan.FromSeconds(2);
        options.Retries = 1;
        options.ThrowDnsErrors = false;
        return new DnsReader(new LookupClient(options));
    }

    public async Task<DnsRecords> ReadAsync(string service, string port, CancellationToken cancellationToken)
    {
        var answer = await AskAsync($"_{port}._tcp.{service}.", QueryType.SRV, cancellationToken).ConfigureAwait(false);
        var times = TimesOf(answer).ToList();
        var targets = new List<DnsTarget>();
        foreach (var record in answer.Answers.SrvRecords())
        {
            var host = record.Target.Value.TrimEnd('.');
            var isService = host.Equals(service, StringComparison.OrdinalIgnoreCase);
            var address = isService
                ? null
                : AddressIn(answer.Additionals, record.Target)
                    ?? await FindAddressAsync(record.Target, times, cancellationToken).ConfigureAwait(false);
            // A pod that went between the two answers has none.
            if (isService || address is not null)
            {
                targets.Add(new DnsTarget(
                    port, record.Port, record.Priority, record.Weight, host, address?.ToString()));
            }
        }

        return new DnsRecords(targets, times.Count == 0 ? DefaultTimeToLive : times.Min());
    }

    private static IEnumerable<TimeSpan> TimesOf(IDnsQueryResponse answer) => answer.Answers
        .Concat(answer.Authorities.OfType<SoaRecord>())
        .Select(record => TimeSpan.FromSeconds(
            record is SoaRecord zone ? Math.Min(zone.Minimum, zone.InitialTimeToLive) : record.InitialTimeToLive));

    // IPv4 first, as of pods that have both.
    private static IPAddress? AddressIn(IReadOnlyList<DnsResourceRecord> records, DnsString host)
    {
        var own = records.Where(record => record.DomainName.Equals(host)).ToList();
        return own.OfType<ARecord>().FirstOrDefault()?.Address ?? own.OfType<AaaaRecord>().FirstOrDefault()?.Address;
    }

    private async Task<IPAddress?> FindAddressAsync(
        DnsString host, List<TimeSpan> times, CancellationToken cancellationToken)
    {
        foreach (var type in (QueryType[])[QueryType.A, QueryType.AAAA])
        {
            var answer = await AskAsync(host.Value, type, cancellationToken).ConfigureAwait(false);
            if (answer.Answers.AddressRecords().FirstOrDefault() is { } found)
            {
                times.Add(TimeSpan.FromSeconds(found.InitialTimeToLive));
                return found.Address;
            }
        }

        return null;
    }

    private async Task<IDnsQueryResponse> AskAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        IDnsQueryResponse answer;
        try
        {
            answer = await client.QueryAsync(name, type, QueryClass.IN, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DnsResponseException or SocketException)
        {
            throw new KubernetesException(
                $"{ErrorIds.Dns}: DNS did not answer what {type} {name} is: "
                + $"{exception.GetBaseException().Message.TrimEnd('.')}. See whether the cluster's DNS runs (kubectl get "
                + "pods -n kube-system), and whether a network policy lets this pod reach it",
                cause: exception);
        }

        return answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
            ? answer
            : throw new KubernetesException(
                $"{ErrorIds.Dns}: DNS could not say what {type} {name} is: {answer.Header.ResponseCode}. See the log of "
                + "the cluster's DNS");
    }
}
