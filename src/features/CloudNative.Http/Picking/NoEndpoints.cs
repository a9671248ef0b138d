using CloudNative.Discovery;
using CloudNative.Http.Calls;

namespace CloudNative.Http.Picking;

/// <summary>Says why nothing could be picked.</summary>
internal static class NoEndpoints
{
    public static NoEndpointException Mismatch(ServiceCall call, EndpointSnapshot seen)
    {
        if (call.Settings.Balancer is { RequiredMetadata.Count: > 0 } balancer && IsThereOneWithout(call))
        {
            var pairs = balancer.RequiredMetadata.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.OrdinalIgnoreCase);
            return new NoEndpointException(
                call.Service.Service,
                $"No instance of '{call.Service.Service}' has {string.Join(", ", pairs)} in its metadata, which the client requires "
                + $"(LoadBalancing:RequiredMetadata); {seen.Endpoints.Length} have not. Start one that does, or remove the requirement.");
        }

        var offered = seen.Endpoints
            .SelectMany(state => state.Instance.Endpoints)
            .Select(endpoint => endpoint.Name is { } name ? $"{endpoint.Scheme} ('{name}')" : endpoint.Scheme)
            .Distinct();
        return new NoEndpointException(
            call.Service.Service,
            $"No instance of '{call.Service.Service}' has an endpoint for '{call.Uri.Scheme}://{call.Uri.Host}'; "
            + $"they offer {string.Join(", ", offered)}. Ask for one of these, or for either by https+http://.");
    }

    public static NoEndpointException Waited(ServiceCall call) => new(
        call.Service.Service,
        $"'{call.Service.Service}' is known but has no instance that takes calls, and none came within "
        + $"{call.Settings.WaitForEndpoint} (CloudNative:Http:WaitForEndpoint)"
        + (call.Service.Snapshot.Reason is { } reason ? $": {reason}." : "."));

    private static bool IsThereOneWithout(ServiceCall call)
    {
        if (!call.Service.TryPick(new PickRequest(call.Query), out var pick))
        {
            return false;
        }

        pick.Complete(EndpointOutcome.Abandoned);
        return true;
    }
}
