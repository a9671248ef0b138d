namespace CloudNative.AppModel.Tests.Reading;

public sealed class ServiceReaderTests : IDisposable
{
    private readonly TemporaryApp _app = new();

    [Theory]
    [InlineData("{ project: Catalog, replicas: -1 }", "CN8014 3:42")]
    [InlineData("{ project: Catalog, replicas: 65 }", "CN8014 3:42")]
    [InlineData("{ project: Catalog, replicas: \"2\" }", "CN8005 3:42")]
    [InlineData("{ project: Catalog, replicas: 2.5 }", "CN8005 3:42")]
    [InlineData("{ project: Catalog, replicas: [2] }", "CN8005 3:42")]
    [InlineData("{ project: Catalog, replicas: }", "CN8005 3:42")]
    [InlineData("{ project: Catalog, ports: { http: 0 } }", "CN8010 3:47")]
    [InlineData("{ project: Catalog, ports: { http: 65536 } }", "CN8010 3:47")]
    [InlineData("{ project: Catalog, ports: { http: Auto } }", "CN8005 3:47")]
    [InlineData("{ project: Catalog, ports: { grpc: 1 } }", "CN8003 3:39")]
    [InlineData("{ project: Catalog, ports: { http: auto, grp: auto } }", "CN8003 3:53")]
    [InlineData("{ project: Catalog, ports: { http: auto, admin: { port: auto } } }", "CN8003 3:60")]
    [InlineData("{ project: Catalog, ports: { http: auto, admin: { port: auto, protocol: http3 } } }", "CN8005 3:84")]
    [InlineData("{ project: Catalog, ports: { http: { port: 1, protocol: http2 } } }", "CN8005 3:68")]
    [InlineData("{ project: Catalog, ports: { http: auto, grpc: { port: 1, protocol: http1 } } }", "CN8005 3:80")]
    [InlineData("{ project: Catalog, ports: { http: auto, https: auto } }", "CN8007 3:53")]
    [InlineData("{ project: Catalog, ports: { default: 8080 } }", "CN8007 3:41")]
    [InlineData("{ project: Catalog, ports: { http: auto, Grpc: { port: 1, protocol: http2 } } }", "CN8007 3:53")]
    [InlineData("{ project: Catalog, ports: { http: 8080, grpc: 8080 } }", "CN8011 3:39")]
    [InlineData("{ project: Catalog, ports: { http: auto, grpc: 8081 }, replicas: 2 }", "CN8011 3:39")]
    [InlineData("{ project: Catalog, ports: { http: { fallback: true } } }", "CN8003 3:47")]
    [InlineData("{ project: Catalog, ports: { http: { port: 1, fallback: maybe } } }", "CN8005 3:68")]
    [InlineData("{ project: Catalog, ports: 8080 }", "CN8005 3:39")]
    [InlineData("{ project: Catalog, ports: { http: 8080 }, replicas: 2 }", "CN8011 3:39")]
    [InlineData("{ project: Catalog, needs: catalog }", "CN8005 3:39")]
    [InlineData("{ project: Catalog, needs: [catalog] }", "CN8009 3:40")]
    [InlineData("{ project: Catalog, needs: [other] }", "CN8008 3:40")]
    [InlineData("{ project: Catalog, environment: { A: } }", "CN8005 3:50")]
    [InlineData("{ project: Catalog, environment: { A: [1] } }", "CN8005 3:50")]
    [InlineData("{ project: Catalog, environment: { 'A B': 1 } }", "CN8007 3:47")]
    [InlineData("{ project: Nowhere }", "CN8012 3:23")]
    [InlineData("{ project: . }", "CN8012 3:23")]
    [InlineData("{ project: [a] }", "CN8005 3:23")]
    [InlineData("{ replicas: 1 }", "CN8003 3:12")]
    [InlineData("Catalog", "CN8005 3:12")]
    [InlineData("", "CN8005 3:11")]
    public void Parse_OneMistake_IsFoundAtItsPlace(string service, string expected) =>
        Assert.Equal(expected, _app.Place($"app: shop\nservices:\n  catalog: {service}\n"));

    [Theory]
    [InlineData("Catalog")]
    [InlineData("-catalog")]
    [InlineData("catalog_1")]
    [InlineData("a.b")]
    [InlineData("''")]
    public void Parse_NameThatIsNoDnsLabel_IsRefused(string name) =>
        Assert.Equal("CN8007 3:3", _app.Place($"app: shop\nservices:\n  {name}: {{ project: Catalog }}\n"));

    [Fact]
    public void Parse_SeveralPorts_EachHasItsProtocolAndHttpIsFirst()
    {
        var service = Assert.Single(_app.Parse("""
            app: shop
            services:
              catalog:
                project: Catalog
                ports:
                  grpc: auto
                  admin: { port: 9000, fallback: true, protocol: http1 }
                  http: 8080
                  stream: { port: auto, protocol: http2 }
            """).Services);

        Assert.Equal(
            [
                new PortDefinition("http", PortProtocol.Http1, 8080, Fallback: false),
                new PortDefinition("grpc", PortProtocol.Http2, null, Fallback: true),
                new PortDefinition("admin", PortProtocol.Http1, 9000, Fallback: true),
                new PortDefinition("stream", PortProtocol.Http2, null, Fallback: true),
            ],
            service.Ports!);
    }

    [Theory]
    [InlineData("{ htp: 8080 }", "Did you mean 'http'?")]
    [InlineData("{ http: auto, grp: auto }", "Did you mean 'grpc'?")]
    [InlineData("{ http: auto, admin: auto }", "Write 'admin: { port: auto, protocol: http1 }'.")]
    [InlineData("{ grpc: auto }", "Add 'http: auto': readiness is asked there.")]
    [InlineData("{ https: auto }", "Write 'http': certificates are a matter of where the app runs.")]
    public void Parse_PortThatCannotBe_SaysTheCure(string ports, string cure) => Assert.Contains(
        cure, _app.Problems($"app: shop\nservices:\n  catalog: {{ project: Catalog, ports: {ports} }}\n").Select(problem => problem.Cure));

    [Fact]
    public void Parse_NeedsInACircle_NamesTheCircle()
    {
        var problem = Assert.Single(_app.Problems("""
            app: shop
            services:
              a: { project: Catalog, needs: [b] }
              b: { project: Catalog, needs: [c] }
              c: { project: Catalog, needs: [b] }
            """));

        Assert.Equal("CN8009", problem.Id);
        Assert.Equal("Needs run in a circle: b -> c -> b.", problem.Message);
    }

    [Fact]
    public void Parse_TwoServicesOnOnePort_NamesBoth()
    {
        var problem = Assert.Single(_app.Problems("""
            app: shop
            services:
              a: { project: Catalog, ports: { http: 8080 } }
              b: { project: Catalog, ports: { http: 8080 } }
            """));

        Assert.Equal("CN8011", problem.Id);
        Assert.Equal("'b' wants port 8080, which 'a' has.", problem.Message);
    }

    [Fact]
    public void Parse_ProjectFolderNamedNearly_SuggestsIt() =>
        Assert.Equal("Did you mean 'Catalog'?", Assert.Single(_app.Problems("app: shop\nservices:\n  a: { project: Catalg }")).Cure);

    [Fact]
    public void Parse_FolderWithTwoProjects_AsksForOne()
    {
        _app.Project("Catalog", "Other.fsproj");

        var problem = Assert.Single(_app.Problems("app: shop\nservices:\n  a: { project: Catalog }"));

        Assert.Equal("Name one: Catalog.csproj, Other.fsproj.", problem.Cure);
    }

    [Fact]
    public void Parse_BackslashesInAPath_WorkEverywhere() =>
        Assert.Equal(Path.Combine(_app.Root, "Catalog", "Catalog.csproj"),
            Assert.Single(_app.Parse("app: shop\nservices:\n  a: { project: Catalog\\Catalog.csproj }").Services).ProjectFile);

    public void Dispose() => _app.Dispose();
}
