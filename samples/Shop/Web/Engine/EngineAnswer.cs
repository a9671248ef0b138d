namespace Shop.Web.Engine;

/// <summary>A line that the engine sends.</summary>
internal sealed record EngineAnswer(bool Ok, string? Error = null, IReadOnlyList<EngineService>? Services = null);
