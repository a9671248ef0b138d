using System.Diagnostics;
using CloudNative.AppModel;
using CloudNative.Local.Processes;
using CloudNative.Local.Running;

namespace CloudNative.Local.Building;

/// <summary>Builds all projects by one invocation of <c>dotnet build</c>, or finds what was built before.</summary>
internal sealed class DotnetBuild(bool build, string configuration, TimeProvider time) : IProgramSource
{
    public async Task<IReadOnlyDictionary<string, ServiceProgram>> GetAsync(
        AppDefinition app, RunDirectory directory, CancellationToken cancellationToken)
    {
        var projects = app.Services.Select(service => service.ProjectFile).Distinct(StringComparer.Ordinal).ToList();
        using var buildLock = await HeldLock.TakeAsync(directory.BuildLock, time, cancellationToken).ConfigureAwait(false);
        var file = Path.Combine(directory.Build, TraversalProject.FileName);
        await File.WriteAllTextAsync(file, TraversalProject.Create(projects), cancellationToken).ConfigureAwait(false);
        File.Delete(Path.Combine(directory.Build, TraversalProject.TargetsFileName));
        await RunAsync(file, Path.GetDirectoryName(app.File)!, cancellationToken).ConfigureAwait(false);
        var targets = TraversalProject.ReadTargets(directory.Build);
        return projects.ToDictionary(
            project => project, project => Program(project, [.. targets[project]]), StringComparer.Ordinal);
    }

    private async Task RunAsync(string file, string workingDirectory, CancellationToken cancellationToken)
    {
        var output = new BuildOutput();
        using var process = Process.Start(StartInfo(file, workingDirectory))
            ?? throw new LocalAppException(
                LocalAppExitCodes.Failed, $"{ErrorIds.Build} '{DotnetHost.Path}' could not be started.");
        process.StandardInput.Close();
        try
        {
            var lines = OutputReader.ReadAsync(process.StandardOutput, output.Add);
            var errors = OutputReader.ReadAsync(process.StandardError, output.Add);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            await OutputReader.DrainAsync(time, lines, errors).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Signals.KillTree(process);
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new LocalAppException(LocalAppExitCodes.Failed,
                $"{ErrorIds.Build} The build failed, so nothing was started.{Environment.NewLine}{output.Describe()}");
        }
    }

    private ProcessStartInfo StartInfo(string file, string workingDirectory)
    {
        // The working directory decides by its global.json which SDK builds. No build node outlives the build.
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] common = [file, "-nologo", "-v:quiet", "-nodeReuse:false", $"-p:Configuration={configuration}"];
        string[] arguments = build
            ? ["build", .. common, "-clp:NoSummary"]
            : ["msbuild", .. common, "-t:WriteTargets"];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        InheritedEnvironment.Clean(start.Environment);
        return start;
    }

    private static ServiceProgram Program(string project, IReadOnlyList<string> dlls)
    {
        if (dlls.Count != 1)
        {
            throw new LocalAppException(LocalAppExitCodes.InvalidInput,
                $"{ErrorIds.NoProgram} {project} builds {dlls.Count} programs; a service is one. "
                + "Give it a single TargetFramework.");
        }

        if (!File.Exists(dlls[0]))
        {
            throw new LocalAppException(LocalAppExitCodes.InvalidInput,
                $"{ErrorIds.NoProgram} {dlls[0]} does not exist, so {project} was not built in this configuration. "
                + "Run without --no-build.");
        }

        return RuntimeConfig.Read(dlls[0]) ?? throw new LocalAppException(LocalAppExitCodes.InvalidInput,
            $"{ErrorIds.NoProgram} {project} builds a library, which cannot be started. "
            + "A service is a web application or a worker (OutputType Exe).");
    }
}
