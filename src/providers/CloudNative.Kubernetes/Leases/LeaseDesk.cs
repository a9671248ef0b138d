using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CloudNative.Kubernetes.Http;

namespace CloudNative.Kubernetes.Leases;

/// <summary>
/// What the API server is asked about leases. Every write names the version that was read, so that of several one
/// succeeds; fields of others are left alone. A released object stays, since its token must not come back.
/// </summary>
internal sealed class LeaseDesk(
    KubernetesApi api, string place, string prefix, LeaseObserver observer, TimeProvider time)
{
    private const int MostAttempts = 5;

    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    public async Task<KubernetesLease?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var lease = await api.FindAsync(KubernetesKinds.Leases, place, name, cancellationToken).ConfigureAwait(false);
        if (lease is not null)
        {
            observer.See(lease);
        }

        return lease;
    }

    /// <summary>Makes an object that nobody holds.</summary>
    /// <returns>What is there then; <see langword="null"/> when somebody made and deleted it meanwhile.</returns>
    public async Task<KubernetesLease?> CreateAsync(string objectName, string name, CancellationToken cancellationToken)
    {
        var lease = new KubernetesLease
        {
            Metadata = new KubernetesMetadata
            {
                Namespace = place,
                Name = objectName,
                Labels = new Dictionary<string, string> { [LeaseMarks.PrefixLabel] = prefix },
                Annotations = new Dictionary<string, string> { [LeaseMarks.NameAnnotation] = name },
            },
            Spec = new KubernetesLeaseSpec(),
        };
        try
        {
            lease = await api.CreateAsync(KubernetesKinds.Leases, lease, cancellationToken).ConfigureAwait(false);
            observer.See(lease);
            return lease;
        }
        catch (KubernetesConflictException)
        {
            return await FindAsync(objectName, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lease.</summary>
    /// <returns>The token; <see langword="null"/> when somebody else was first.</returns>
    public async Task<long?> TryTakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        var token = observer.NextToken(claim.Lease);
        var (now, spec) = (MicroTimeConverter.Text(time.GetUtcNow()), claim.Lease.Spec);
        var metadata = new JsonObject
        {
            ["labels"] = new JsonObject { [LeaseMarks.PrefixLabel] = prefix },
            ["annotations"] = new JsonObject
            {
                [LeaseMarks.NameAnnotation] = claim.Name,
                [LeaseMarks.TokenAnnotation] = token.ToString(CultureInfo.InvariantCulture),
            },
        };
        var taken = new JsonObject
        {
            ["holderIdentity"] = claim.Holder,
            ["leaseDurationSeconds"] = (int)Math.Ceiling(claim.Duration.TotalSeconds),
            ["acquireTime"] = now,
            ["renewTime"] = now,
            ["leaseTransitions"] = Math.Min(spec?.LeaseTransitions ?? 0, int.MaxValue - 1) + 1,
        };
        try
        {
            await WriteAsync(claim, metadata, taken, cancellationToken).ConfigureAwait(false);
            return token;
        }
        catch (KubernetesException exception) when (IsGone(exception))
        {
            return null;
        }
    }

    /// <summary>Renews the lease.</summary>
    /// <returns>Whether this claim still held it.</returns>
    public async Task<bool> RenewAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // The same time again would change nothing, and nobody would see that it was renewed.
            var (now, last) = (time.GetUtcNow(), claim.Lease.Spec?.RenewTime);
            var text = MicroTimeConverter.Text(now);
            if (last is { } known && text == MicroTimeConverter.Text(known))
            {
                text = MicroTimeConverter.Text(now + Microsecond);
            }

            try
            {
                await WriteAsync(claim, [], new JsonObject { ["renewTime"] = text }, cancellationToken)
                    .ConfigureAwait(false);
                return true;
            }
            catch (KubernetesException exception) when (IsGone(exception) && attempt < MostAttempts)
            {
                if (!await IsStillHeldAsync(claim, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }
    }

    /// <summary>Lets go of the lease if this claim holds it; the object stays.</summary>
    public async Task ReleaseAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        for (var attempt = 1; claim.IsHolder(claim.Lease); attempt++)
        {
            try
            {
                await WriteAsync(claim, [], new JsonObject { ["holderIdentity"] = null }, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (KubernetesException exception) when (IsGone(exception) && attempt < MostAttempts)
            {
                if (!await IsStillHeldAsync(claim, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
    }

    /// <summary>
    /// Whether the claim holds the lease. A version that is not the last may be of a write whose answer was lost, or of
    /// somebody who labels objects.
    /// </summary>
    public async Task<bool> IsStillHeldAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        var found = await FindAsync(claim.Lease.Name.Name, cancellationToken).ConfigureAwait(false);
        if (found is null || !claim.IsHolder(found))
        {
            return false;
        }

        claim.Lease = found;
        return true;
    }

    // Another version is there, or nothing any more.
    private static bool IsGone(KubernetesException exception) =>
        exception.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound;

    private async Task WriteAsync(
        LeaseClaim claim, JsonObject metadata, JsonObject spec, CancellationToken cancellationToken)
    {
        metadata["resourceVersion"] = claim.Lease.Metadata.ResourceVersion;
        claim.Lease = await api.MergeAsync(
            KubernetesKinds.Leases,
            place,
            claim.Lease.Name.Name,
            new JsonObject { ["metadata"] = metadata, ["spec"] = spec },
            cancellationToken).ConfigureAwait(false);
        observer.See(claim.Lease);
    }
}
