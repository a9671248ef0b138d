namespace CloudNative.Discovery.Resolution;

/// <summary>Whether a source has anything new to say.</summary>
internal static class UpdateComparison
{
    public static bool IsSame(EndpointUpdate left, EndpointUpdate right) =>
        left.Kind == right.Kind
        && left.Instances.Count == right.Instances.Count
        && left.Instances.Zip(right.Instances)
            .All(pair => pair.First.Id == pair.Second.Id && pair.First.Endpoints.SequenceEqual(pair.Second.Endpoints));
}
