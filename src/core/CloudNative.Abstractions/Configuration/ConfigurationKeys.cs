namespace CloudNative.Configuration;

/// <summary>
/// The keys that one package understands below <c>CloudNative</c>. Each package registers one instance; a key that
/// nobody understands is a start error with the nearest known one, so that a typo does not silently leave a default in
/// force.
/// </summary>
/// <param name="Section">The section, without the root: <c>Discovery</c>.</param>
/// <param name="Keys">
/// Paths below the section with colons, <c>Advertise:Host</c>. <c>*</c> stands for any one segment; a trailing
/// <c>**</c> for anything below.
/// </param>
public sealed record ConfigurationKeys(string Section, IReadOnlyList<string> Keys);
