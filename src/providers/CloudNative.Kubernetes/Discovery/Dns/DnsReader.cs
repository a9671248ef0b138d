using System.Diagnostics.CodeAnalysis;
using System.Net;
using CloudNative.Kubernetes.Configuration;
using DnsClient;
using DnsClient.Protocol;

namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>
/// Asks as the specification of DNS in Kubernetes has it
/// (https://github.com/kubernetes/dns/blob/master/docs/specification.md). It keeps nothing: whoever asks knows for how
/// long an answer holds.
/// </summary>
/// <param name="create">Makes the client, at the first question: there may be nobody to ask.</param>
internal sealed class DnsReader(Func<ILookupClient> create) : IDnsReader
{
    // Where a name does not exist, its zone says for how long; where that does not say, as CoreDNS does by default.
    private static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromSeconds(5);

    private readonly Lazy<ILookupClient> _client = new(create, LazyThreadSafetyMode.PublicationOnly);

    public static DnsReader Create(params IPEndPoint[] servers) => new(() => new LookupClient(
        (servers.Length == 0 ? new LookupClientOptions() : new LookupClientOptions(servers)).Tuned()));

    public async Task<DnsRecords> ReadAsync(string service, string port, CancellationToken cancellationToken)
    {
        var (answer, failure) = await AskAsync($"_{port}._tcp.{service}.", QueryType.SRV, cancellationToken)
            .ConfigureAwait(false);
        if (answer is null)
        {
            return DnsRecords.Failed(failure!);
        }

        var times = TimesOf(answer).ToList();
        var targets = new List<DnsTarget>();
        foreach (var record in answer.Answers.SrvRecords())
        {
            var host = record.Target.Value.TrimEnd('.');
            IReadOnlyList<string?> addresses = [null];
            if (!host.Equals(service, StringComparison.OrdinalIgnoreCase))
            {
                // A pod that went between the two answers has none.
                (addresses, failure) = await FindAddressesAsync(answer, record.Target, times, cancellationToken)
                    .ConfigureAwait(false);
                if (failure is not null)
                {
                    return DnsRecords.Failed(failure);
                }
            }

            targets.AddRange(addresses.Select(address =>
                new DnsTarget(port, record.Port, record.Priority, record.Weight, host, address)));
        }

        return new DnsRecords(targets, times.Count == 0 ? DefaultTimeToLive : times.Min());
    }

    private static IEnumerable<TimeSpan> TimesOf(IDnsQueryResponse answer) => answer.Answers
        .Concat(answer.Authorities.OfType<SoaRecord>())
        .Select(record => TimeSpan.FromSeconds(
            record is SoaRecord zone ? Math.Min(zone.Minimum, zone.InitialTimeToLive) : record.InitialTimeToLive));

    private static List<string> AddressesIn(IEnumerable<DnsResourceRecord> records) =>
        [.. records.OfType<AddressRecord>().Select(record => record.Address.ToString())];

    /// <summary>All addresses of one family, IPv4 where there is one.</summary>
    private async Task<(IReadOnlyList<string?> Addresses, DnsFailure? Failure)> FindAddressesAsync(
        IDnsQueryResponse answer, DnsString host, List<TimeSpan> times, CancellationToken cancellationToken)
    {
        var own = answer.Additionals.Where(record => record.DomainName.Equals(host)).ToList();
        var known = AddressesIn(own.OfType<ARecord>());
        if (known.Count > 0)
        {
            return (known, null);
        }

        foreach (var type in (QueryType[])[QueryType.A, QueryType.AAAA])
        {
            var (found, failure) = await AskAsync(host.Value, type, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                return ([], failure);
            }

            if (AddressesIn(found.Answers) is { Count: > 0 } addresses)
            {
                times.AddRange(TimesOf(found));
                return (addresses, null);
            }
        }

        return ([], null);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The client throws of any kind; whoever asks goes on without an answer.")]
    private async Task<(IDnsQueryResponse? Answer, DnsFailure? Failure)> AskAsync(
        string name, QueryType type, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.Value.QueryAsync(name, type, QueryClass.IN, cancellationToken).ConfigureAwait(false);
            return answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
                ? (answer, null)
                : (null, new DnsFailure(
                    $"{ErrorIds.Dns}: DNS could not say what {type} {name} is: {answer.Header.ResponseCode}. See the log of "
                    + "the cluster's DNS",
                    IsServerDown: false));
        }
        catch (Exception exception)
        {
            // The client says of a question that was given up that nobody answered it.
            cancellationToken.ThrowIfCancellationRequested();
            return (null, new DnsFailure(
                $"{ErrorIds.Dns}: DNS did not answer what {type} {name} is: "
                + $"{exception.GetBaseException().Message.TrimEnd('.')}. See whether the cluster's DNS runs (kubectl get "
                + "pods -n kube-system), and whether a network policy lets this pod reach it by UDP and TCP",
                IsServerDown: true));
        }
    }
}
