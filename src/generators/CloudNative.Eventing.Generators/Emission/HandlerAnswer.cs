namespace CloudNative.Eventing.Generators.Emission;

/// <summary>What a handler returns.</summary>
internal enum HandlerAnswer
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A task.</summary>
    Task,

    /// <summary>A value task.</summary>
    ValueTask,
}
