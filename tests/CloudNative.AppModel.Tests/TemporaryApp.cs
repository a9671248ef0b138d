namespace CloudNative.AppModel.Tests;

/// <summary>A folder with the projects Catalog and Ordering, in which texts are read as if they were its cloudnative.yaml.</summary>
internal sealed class TemporaryApp : IDisposable
{
    public TemporaryApp()
    {
        Root = Directory.CreateTempSubdirectory("cn-model-").FullName;
        Project("Catalog", "Catalog.csproj");
        Project("Ordering", "Ordering.csproj");
    }

    public string Root { get; }

    public string Project(params string[] path)
    {
        var file = Path.Combine([Root, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "<Project />");
        return file;
    }

    public AppDefinition Parse(string text) => AppModelFile.Parse(text, Path.Combine(Root, AppModelFile.DefaultName));

    public IReadOnlyList<AppModelProblem> Problems(string text) => Assert.Throws<AppModelException>(() => Parse(text)).Problems;

    /// <summary>The one problem, as "id line:column".</summary>
    public string Place(string text)
    {
        var problem = Assert.Single(Problems(text));
        return $"{problem.Id} {problem.Line}:{problem.Column}";
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
