using System.Security;

namespace CloudNative.Local.Building;

/// <summary>
/// The project that builds all services in one go: one restore over all of them (parallel ones would write the same
/// files), one parallel build, and the path of each result in a file.
/// </summary>
internal static class TraversalProject
{
    public const string FileName = "app.proj";
    public const string TargetsFileName = "targets.txt";

    public static string Create(IEnumerable<string> projects)
    {
        var list = string.Join(';', projects.Select(Escape));
        return $"""
            <!-- Written by CloudNative.Local for each run; changes are lost. -->
            <Project DefaultTargets="Build">
              <PropertyGroup>
                <RestoreGraphProjectInput>{list}</RestoreGraphProjectInput>
              </PropertyGroup>
              <ItemGroup>
                <Service Include="{list}" />
              </ItemGroup>
              <Target Name="Build">
                <MSBuild Projects="@(Service)" Targets="Build" BuildInParallel="true" />
                <CallTarget Targets="WriteTargets" />
              </Target>
              <Target Name="WriteTargets">
                <MSBuild Projects="@(Service)" Targets="GetTargetPath" BuildInParallel="true">
                  <Output TaskParameter="TargetOutputs" ItemName="ServiceTarget" />
                </MSBuild>
                <WriteLinesToFile File="$(MSBuildThisFileDirectory){TargetsFileName}" Overwrite="true"
                                  Lines="@(ServiceTarget->'%(MSBuildSourceProjectFile)|%(FullPath)')" />
              </Target>
              <Import Project="$(MSBuildToolsPath)/NuGet.targets" />
            </Project>

            """;
    }

    /// <summary>Reads what <c>WriteTargets</c> wrote: the assemblies of each project.</summary>
    public static ILookup<string, string> ReadTargets(string directory) =>
        File.ReadLines(Path.Combine(directory, TargetsFileName))
            .Select(line => line.Split('|', 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    // First for MSBuild, to which these are wildcards, lists and properties, then for XML.
    private static string Escape(string path)
    {
        foreach (var special in "%*?@$();'")
        {
            path = path.Replace(special.ToString(), $"%{(int)special:X2}", StringComparison.Ordinal);
        }

        return SecurityElement.Escape(path);
    }
}
