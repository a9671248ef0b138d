namespace CloudNative.AppModel;

/// <summary>One port of a service.</summary>
/// <param name="Name">What is spoken on it; <c>http</c> is the one known today.</param>
/// <param name="Number">The port wished for, 1 to 65535; <see langword="null"/> for any free one (<c>auto</c>).</param>
/// <param name="Fallback">
/// Whether another port will do when <paramref name="Number"/> is in use. Always true for <c>auto</c>.
/// </param>
public sealed record PortDefinition(string Name, int? Number, bool Fallback);
