using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CloudNative.Consul.Configuration;
using CloudNative.Consul.Http;
using CloudNative.Leases;

namespace CloudNative.Consul.Leases;

/// <summary>
/// What the agent is asked about leases: sessions (https://developer.hashicorp.com/consul/api-docs/session), keys
/// (…/api-docs/kv) and transactions (…/api-docs/txn).
/// </summary>
internal sealed class LeaseDesk(ConsulHttp http, ConsulLeaseOptions options, ServiceInfo service, TimeProvider time)
{
    private const int MostAttempts = 3;

    private readonly string _policies = LeasePolicies.ToHold(options.KeyPrefix);

    /// <summary>
    /// Who holds a lease; <see langword="null"/> when nobody does. It is asked for without storing anything.
    /// </summary>
    public async Task<LeaseHolderDocument?> ReadHolderAsync(string key, CancellationToken cancellationToken)
    {
        var entry = await ReadAsync(key, "lease.read", ConsulHttp.CallTimeout, cancellationToken).ConfigureAwait(false);
        return entry?.Session is null ? null : HolderOf(entry);
    }

    public async Task<LeaseClaim> OpenAsync(string name, string key, TimeSpan duration, CancellationToken cancellationToken)
    {
        var document = new SessionDocument
        {
            Name = name,
            Ttl = LeaseTerms.Ttl(duration),
            LockDelay = LeaseTerms.LockDelay(duration, options.LockDelay),
        };
        var call = Put("/v1/session/create", "lease.session") with
        {
            Body = ConsulCall.Json(document, ConsulJson.Default.SessionDocument),
        };
        var answer = await http.AskAsync(call, ConsulJson.Default.SessionIdDocument, cancellationToken)
            .ConfigureAwait(false);
        return new LeaseClaim(
            name, key, answer.Value.ID ?? throw ConsulErrors.OfFailedPart(call, "the session has no id"), duration);
    }

    /// <summary>Takes the lease and learns its token in one step of the servers' log.</summary>
    /// <returns>
    /// The token; <see langword="null"/> when somebody holds it, or held it when its session was ended a moment ago.
    /// </returns>
    public async Task<long?> TryLockAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        var epoch = LeaseKeys.Epoch(options.KeyPrefix);
        var holder = new LeaseHolderDocument { Service = service.Name, Instance = service.InstanceId };
        var value = JsonSerializer.SerializeToUtf8Bytes(holder, ConsulJson.Default.LeaseHolderDocument);
        List<OperationDocument> parts =
        [
            new() { Key = new() { Verb = "get", Key = epoch } },
            new() { Key = new() { Verb = "lock", Key = claim.Key, Session = claim.Session, Value = value } },
        ];
        var call = Put("/v1/txn", "lease.acquire") with
        {
            AlsoAnswers = HttpStatusCode.Conflict,
            Body = ConsulCall.Json(parts, ConsulJson.Default.ListOperationDocument),
        };
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TransactAsync(call, cancellationToken).ConfigureAwait(false);
            if (answer.Results is [{ Key.Value: { } start }, { Key: { } entry }])
            {
                return Epoch(epoch, start) + entry.ModifyIndex;
            }

            if (IsTaken(call, answer.Errors ?? []))
            {
                return null;
            }

            if (attempt == MostAttempts)
            {
                throw ConsulErrors.OfFailedPart(call, $"{epoch} cannot be made");
            }

            await CreateEpochAsync(epoch, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Lets the session live on, and sees whether it still holds the lease: a key can be deleted or taken by hand.
    /// </summary>
    /// <returns>Whether it does.</returns>
    public async Task<bool> RenewAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        var timeout = LeasePace.CallTimeout(claim.Duration, ConsulHttp.CallTimeout);
        var renewal = Put($"/v1/session/renew/{claim.Session}", "lease.renew") with { Timeout = timeout };
        var renewed = await http.FindAsync(renewal, ConsulJson.Default.ListSessionIdDocument, cancellationToken)
            .ConfigureAwait(false);
        if (renewed.Value is not { Count: > 0 })
        {
            return false;
        }

        var entry = await ReadAsync(claim.Key, "lease.check", timeout, cancellationToken).ConfigureAwait(false);
        return entry?.Session == claim.Session;
    }

    /// <summary>Lets go of the lease, which is free then without a delay, and ends the session.</summary>
    public async Task ReleaseAsync(LeaseClaim claim)
    {
        var release = Put($"{LeaseKeys.Path(claim.Key)}?release={claim.Session}", "lease.release");
        await http.SendAsync(release, CancellationToken.None).ConfigureAwait(false);
        await CloseAsync(claim).ConfigureAwait(false);
    }

    /// <summary>Ends the session.</summary>
    public Task CloseAsync(LeaseClaim claim) =>
        http.SendAsync(Put($"/v1/session/destroy/{claim.Session}", "lease.release"), CancellationToken.None);

    private async Task<TransactionDocument> TransactAsync(ConsulCall call, CancellationToken cancellationToken) =>
        (await http.AskAsync(call, ConsulJson.Default.TransactionDocument, cancellationToken).ConfigureAwait(false)).Value;

    private static LeaseHolderDocument HolderOf(KeyDocument entry)
    {
        try
        {
            return JsonSerializer.Deserialize(entry.Value, ConsulJson.Default.LeaseHolderDocument) ?? new();
        }
        catch (JsonException)
        {
            return new(); // Somebody holds it who is not of us.
        }
    }

    private static bool IsTaken(ConsulCall call, List<TransactionErrorDocument> errors)
    {
        foreach (var error in errors)
        {
            var text = error.What ?? string.Empty;
            if (text.Contains("Permission denied", StringComparison.OrdinalIgnoreCase))
            {
                throw ConsulErrors.OfRefusedPart(call, text);
            }

            // "lock is already held", or "due to lock delay".
            if (error.OpIndex == 1 && !text.Contains("failed to lock", StringComparison.OrdinalIgnoreCase))
            {
                throw ConsulErrors.OfFailedPart(call, text);
            }
        }

        return errors.Any(error => error.OpIndex == 1);
    }

    // The position in the log orders holders without any clock, also when a key was deleted. It starts anew with a
    // cluster that lost its state, where the time at which leases were first taken there comes after the old one by
    // more than the log had grown: a millisecond weighs as much as an entry.
    private static long Epoch(string key, byte[] value) =>
        long.TryParse(Encoding.UTF8.GetString(value), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? epoch
            : throw new ConsulException(
                $"{ErrorIds.LeaseEpoch}: The key {key} in Consul does not hold the time from which fencing tokens count. "
                + "Somebody changed it; delete it, and it is made again");

    private async Task CreateEpochAsync(string key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var call = Put($"{LeaseKeys.Path(key)}?cas=0", "lease.acquire") with { Body = () => new StringContent(now) };
        await http.SendAsync(call, cancellationToken).ConfigureAwait(false); // Whoever comes first.
    }

    private async Task<KeyDocument?> ReadAsync(string key, string operation, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var call = new ConsulCall(HttpMethod.Get, LeaseKeys.Path(key), operation, _policies, timeout);
        var answer = await http.FindAsync(call, ConsulJson.Default.ListKeyDocument, cancellationToken)
            .ConfigureAwait(false);
        return answer.Value is [var entry, ..] ? entry : null;
    }

    private ConsulCall Put(string path, string operation) => new(HttpMethod.Put, path, operation, _policies, ConsulHttp.CallTimeout);
}
