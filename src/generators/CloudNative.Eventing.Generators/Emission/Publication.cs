namespace CloudNative.Eventing.Generators.Emission;

/// <summary>A type of event that is published: texts only, so that it can be compared and kept.</summary>
/// <param name="Type">The type.</param>
/// <param name="Topic">The topic, as C#; <see langword="null"/> for the type's own.</param>
internal sealed record Publication(string Type, string? Topic);
