namespace CloudNative.Eventing.Generators.Emission;

/// <summary>The method that is called, and the typed one beside it.</summary>
/// <param name="Class">The class of extensions.</param>
/// <param name="Name">The name of both methods.</param>
/// <param name="Receiver">The type that they extend.</param>
/// <param name="Result">What they return.</param>
internal sealed record TargetMethod(string Class, string Name, string Receiver, string Result);
