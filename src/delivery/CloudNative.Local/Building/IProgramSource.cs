using CloudNative.AppModel;
using CloudNative.Local.Running;

namespace CloudNative.Local.Building;

/// <summary>Turns projects into programs that can be started.</summary>
internal interface IProgramSource
{
    /// <summary>The program of each project file, built if need be.</summary>
    /// <exception cref="LocalAppException">A project does not build, or gives no program.</exception>
    Task<IReadOnlyDictionary<string, ServiceProgram>> GetAsync(
        AppDefinition app, RunDirectory directory, CancellationToken cancellationToken);
}
