using CloudNative.AppModel;
using CloudNative.Local.Building;
using CloudNative.Local.Running;

namespace CloudNative.Local.Tests.Support;

/// <summary>Gives the test service, which the build of the tests has built, for every project.</summary>
internal sealed class BuiltPrograms : IProgramSource
{
    public Task<IReadOnlyDictionary<string, ServiceProgram>> GetAsync(
        AppDefinition app, RunDirectory directory, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, ServiceProgram>>(app.Services
            .Select(service => service.ProjectFile).Distinct()
            .ToDictionary(project => project, _ => RuntimeConfig.Read(TestFiles.ServiceDll)!));
}
