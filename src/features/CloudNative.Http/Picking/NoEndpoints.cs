using CloudNative.Discovery;
using CloudNative.Http.Calls;

namespace CloudNative.Http.Picking;

/// <summary>Says why nothing could be picked.</summary>
internal static class NoEndpoints
{
    public static NoEndpointException Mismatch(ServiceCall call, EndpointSnapshot seen)
    {
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
        + $"{call.Settings.WaitForEndpoint} (CloudNative:Http:WaitForEndpoint). {call.Service.Snapshot.Reason}".TrimEnd());
}
