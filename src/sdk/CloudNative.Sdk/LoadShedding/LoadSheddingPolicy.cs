using CloudNative.Deadlines;
using CloudNative.Sdk.Management;
using CloudNative.Sdk.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.LoadShedding;

/// <summary>
/// Decides of each request, as soon as its endpoint is known and before anything is done for it, whether it is served. Files and what has
/// no endpoint are not counted.
/// </summary>
internal sealed class LoadSheddingPolicy(DeclinedAnswer declined, DeadlineContext deadlines, IOptions<LoadSheddingOptions> options)
    : MatcherPolicy, IEndpointSelectorPolicy
{
    private const string GrpcHealth = "/grpc.health.v1.Health/";

    /// <summary>After every other policy: of the candidates one is left.</summary>
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        options.Value.Enabled && (ContainsDynamicEndpoints(endpoints) || !endpoints.All(IsExempt));

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        if (httpContext.Features.Get<RequestSlot>() is not { IsNew: true } slot || Chosen(candidates) is not { } endpoint)
        {
            return Task.CompletedTask;
        }

        if (IsExempt(endpoint))
        {
            slot.Pass();
            return Task.CompletedTask;
        }

        if (slot.Admission.TryEnter())
        {
            slot.Take();
            return Task.CompletedTask;
        }

        return WaitAsync(httpContext, candidates, slot, Priorities.Of(httpContext, endpoint, options.Value.TrustPriority));
    }

    /// <summary>
    /// Probes, management and the health service: who asks whether the service works must be told when it has much to do.
    /// </summary>
    private static bool IsExempt(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<DisableLoadSheddingAttribute>() is not null
        || endpoint.Metadata.GetMetadata<HealthEndpointMetadata>() is not null
        || endpoint.Metadata.GetMetadata<ManagementEndpointMetadata>() is not null
        || (endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && path.StartsWith(GrpcHealth, StringComparison.Ordinal));

    private static Endpoint? Chosen(CandidateSet candidates)
    {
        for (var index = 0; index < candidates.Count; index++)
        {
            if (candidates.IsValidCandidate(index))
            {
                return candidates[index].Endpoint;
            }
        }

        return null;
    }

    private async Task WaitAsync(HttpContext context, CandidateSet candidates, RequestSlot slot, RequestPriority priority)
    {
        var waiting = new WaitingRequest(slot.Admission, priority, deadlines.Current?.Timestamp ?? long.MaxValue);
        if (await waiting.WaitAsync(context.RequestAborted).ConfigureAwait(false))
        {
            slot.Take();
            return;
        }

        slot.Pass();
        for (var index = 0; index < candidates.Count; index++)
        {
            candidates.SetValidity(index, false);
        }

        context.SetEndpoint(declined.Endpoint);
    }
}
