namespace CloudNative.AppModel.Tests;

public sealed class AppModelFileTests : IDisposable
{
    private readonly TemporaryApp _app = new();

    [Fact]
    public void Parse_WholeFile_GivesTheModel()
    {
        var app = _app.Parse("""
            app: shop
            services:
              ordering:
                project: Ordering/Ordering.csproj
                ports: { http: { port: 8080, fallback: true } }
                needs: [catalog]
                environment:
                  Logging__LogLevel__Default: Information
                  Retries: 3
                  Flag: true
                  Leading: 007
                  Empty: ''
              catalog: { project: Catalog, replicas: 2, ports: { http: auto } }
            """);

        Assert.Equal("shop", app.Name);
        var ordering = app.Services[0];
        Assert.Equal(Path.Combine(_app.Root, "Ordering", "Ordering.csproj"), ordering.ProjectFile);
        Assert.Equal(new PortDefinition("http", PortProtocol.Http1, 8080, Fallback: true), Assert.Single(ordering.Ports!));
        Assert.Equal(["catalog"], ordering.Needs);
        Assert.Equal(["Information", "3", "true", "007", ""], ordering.Environment.Values);
        var catalog = app.Services[1];
        Assert.Equal(Path.Combine(_app.Root, "Catalog", "Catalog.csproj"), catalog.ProjectFile);
        Assert.Equal(2, catalog.Replicas);
        Assert.Equal(new PortDefinition("http", PortProtocol.Http1, null, Fallback: true), Assert.Single(catalog.Ports!));
        Assert.Equal(["catalog", "ordering"], app.InOrderOfNeeds().Select(service => service.Name));
    }

    [Fact]
    public void Parse_NothingSaid_HasTheDefaults()
    {
        var service = Assert.Single(_app.Parse("app: shop\nservices:\n  catalog:\n    project: Catalog\n").Services);

        Assert.Equal(1, service.Replicas);
        Assert.Null(service.Ports);
        Assert.Empty(service.Needs);
        Assert.Empty(service.Environment);
    }

    [Fact]
    public void Parse_NoPortsAtAll_IsAWorker() =>
        Assert.Empty(Assert.Single(_app.Parse("app: shop\nservices:\n  mailer: { project: Catalog, ports: {} }").Services).Ports!);

    [Fact]
    public void Parse_ManyMistakes_AreListedAtOnceInTheOrderOfTheFile()
    {
        var problems = _app.Problems("""
            app: My Shop
            servces: {}
            services:
              catalog:
                projet: Catalog
                replicas: many
                ports: { http: 70000 }
                needs: [ordring]
              ordering: { project: Ordering }
            """);

        Assert.Equal(["CN8007 1:6", "CN8004 2:1", "CN8004 5:5", "CN8003 5:5", "CN8005 6:15", "CN8010 7:20", "CN8008 8:13"],
            problems.Select(problem => $"{problem.Id} {problem.Line}:{problem.Column}"));
        Assert.Equal("Did you mean 'services'?", problems[1].Cure);
        Assert.Equal("Did you mean 'project'?", problems[2].Cure);
        Assert.Equal("Did you mean 'ordering'?", problems[6].Cure);
        Assert.Equal("Write 'my-shop'.", problems[0].Cure);
    }

    [Fact]
    public void Problem_AsText_CanBeClickedAndSaysAll()
    {
        var problem = Assert.Single(_app.Problems("app: shop\nservices:\n  catalog: { project: Catalog, replicas: 0 }"));

        var expected = $"{Path.Combine(_app.Root, "cloudnative.yaml")}(3,42): error CN8014: 'services.catalog.replicas' is 0.";
        Assert.StartsWith(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("Allowed: a whole number from 1 to 64.", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileThatIsNotThere_SaysWhichOne()
    {
        var path = Path.Combine(_app.Root, "nothing.yaml");

        var problem = Assert.Single(Assert.Throws<AppModelException>(() => AppModelFile.Load(path)).Problems);

        Assert.Equal("CN8001", problem.Id);
        Assert.Equal(path, problem.File);
    }

    [Fact]
    public void Load_FileThatIsFarTooLarge_IsNotRead()
    {
        var path = Path.Combine(_app.Root, "large.yaml");
        File.WriteAllBytes(path, new byte[AppModelFile.MaximumBytes + 1]);

        Assert.Equal("CN8001", Assert.Single(Assert.Throws<AppModelException>(() => AppModelFile.Load(path)).Problems).Id);
    }

    [Fact]
    public void Parse_AnyTruncationOfAFile_GivesAModelOrProblemsAndNothingElse()
    {
        const string Text = "app: shop\nservices:\n"
            + "  catalog: { project: Catalog, ports: { http: 8080 }, needs: [ordering], environment: { A: 'b' } }\n"
            + "  ordering:\n    project: Ordering\n";

        for (var length = 0; length < Text.Length; length++)
        {
            try
            {
                _app.Parse(Text[..length]);
            }
            catch (AppModelException e)
            {
                Assert.NotEmpty(e.Problems);
            }
        }
    }

    public void Dispose() => _app.Dispose();
}
