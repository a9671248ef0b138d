namespace CloudNative.Eventing.Generators.Emission;

/// <summary>A call that generated code takes the place of: texts only, so that it can be compared and kept.</summary>
/// <param name="Location">Where the call is: the arguments of the attribute.</param>
/// <param name="Place">Where it is, for a reader.</param>
/// <param name="Target">The methods that are called instead.</param>
/// <param name="Handler">What handles the event.</param>
internal sealed record Interception(string Location, string Place, TargetMethod Target, HandlerModel Handler);
