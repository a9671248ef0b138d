namespace CloudNative.Local.Building;

/// <summary>What a project builds.</summary>
/// <param name="Dll">Full path of the assembly that <c>dotnet</c> starts.</param>
/// <param name="IsWeb">Whether it runs on the ASP.NET Core shared framework.</param>
/// <param name="TakesHook">Whether its runtime can load the engine's start-up hook.</param>
internal sealed record ServiceProgram(string Dll, bool IsWeb, bool TakesHook);
