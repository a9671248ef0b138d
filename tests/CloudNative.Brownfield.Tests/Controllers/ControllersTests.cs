using System.Net;
using System.Net.Http.Headers;
using Brownfield.Controllers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Brownfield.Tests.Controllers;

/// <summary>What the team of the controllers tests: who may do what, large uploads, error pages, the order of middleware.</summary>
public abstract class ControllersTests(bool withCloudNative)
{
    [Theory]
    [InlineData(null, "GET", "/books", HttpStatusCode.Unauthorized)]
    [InlineData("reader", "GET", "/books", HttpStatusCode.OK)]
    [InlineData("reader", "DELETE", "/books/Emma", HttpStatusCode.Forbidden)]
    [InlineData("librarian", "DELETE", "/books/Emma", HttpStatusCode.NoContent)]
    [InlineData("librarian", "DELETE", "/books/Persuasion", HttpStatusCode.NotFound)]
    [InlineData(null, "GET", "/health", HttpStatusCode.OK)]
    [InlineData("reader", "GET", "/nowhere", HttpStatusCode.NotFound)]
    public async Task Request_ByRole_IsAllowedOrNot(string? role, string method, string path, HttpStatusCode expected)
    {
        await using var service = new ServiceHost<BooksController>(withCloudNative);
        using var client = CreateClient(service, role);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request, Test.Stop);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Error_InAnAction_IsAProblemWithTheTicket()
    {
        await using var service = new ServiceHost<BooksController>(withCloudNative, "Staging", InDevelopmentOnly);
        using var client = CreateClient(service, "reader");
        client.DefaultRequestHeaders.Add("X-Ticket", "42");

        using var response = await client.GetAsync(new Uri("/books/broken", UriKind.Relative), Test.Stop);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("42-seen", response.Headers.GetValues("X-Ticket").Single());
    }

    [Fact]
    public async Task Request_AfterHours_IsAnsweredBeforeAuthentication()
    {
        await using var service = new ServiceHost<BooksController>(withCloudNative);
        using var client = CreateClient(service, null);
        client.DefaultRequestHeaders.Add("X-After-Hours", "yes");

        using var response = await client.GetAsync(new Uri("/books", UriKind.Relative), Test.Stop);

        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("closed", await response.Content.ReadAsStringAsync(Test.Stop));
        Assert.True(response.Headers.Contains("X-Ticket"));
    }

    [Fact]
    public async Task Upload_LargerThanTheServersDefault_IsTaken()
    {
        const int size = 40 * 1024 * 1024;
        await using var service = await ServiceProcess.StartWebAsync("Brownfield.Controllers", withCloudNative);
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Create("reader"));
        using var form = new MultipartFormDataContent();
        using var part = new ByteArrayContent(new byte[size]);
        form.Add(part, "file", "cover.png");

        using var response = await service.Client.PostAsync(new Uri("/books/cover", UriKind.Relative), form, Test.Stop);

        Assert.Equal($"{size}", await response.Content.ReadAsStringAsync(Test.Stop));
    }

    [Fact]
    public async Task Upload_LargerThanTheirLimit_IsRefused()
    {
        await using var service = await ServiceProcess.StartWebAsync("Brownfield.Controllers", withCloudNative);
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Create("reader"));
        using var form = new MultipartFormDataContent();
        using var part = new StreamContent(new ZeroStream(101L * 1024 * 1024));
        form.Add(part, "file", "cover.png");

        using var response = await service.Client.PostAsync(new Uri("/books/cover", UriKind.Relative), form, Test.Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Request body too large", await response.Content.ReadAsStringAsync(Test.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_StreamedToTheArchive_IsSentOnceAndNotBuffered()
    {
        const long size = 64L * 1024 * 1024;
        long received = 0, largest = 0;
        using var archive = new CountingHandler(async (_, request) =>
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await using var body = await request.Content!.ReadAsStreamAsync();
            var buffer = new byte[64 * 1024];
            for (int read; (read = await body.ReadAsync(buffer)) > 0;)
            {
                received += read;
            }

            largest = GC.GetTotalMemory(forceFullCollection: true) - before;
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("stored") };
        });
        await using var service = new ServiceHost<BooksController>(
            withCloudNative,
            services: services => services.AddHttpClient<ArchiveClient>().ConfigurePrimaryHttpMessageHandler(() => archive));
        using var client = CreateClient(service, "reader");
        using var scan = new StreamContent(new ZeroStream(size));

        using var response = await client.PostAsync(new Uri("/books/scan", UriKind.Relative), scan, Test.Stop);

        Assert.Equal("stored", await response.Content.ReadAsStringAsync(Test.Stop));
        Assert.Equal((1, size), (archive.Calls, received));
        Assert.True(largest < size / 4, $"{largest} bytes were held for a body of {size}");
    }

    [Fact]
    public async Task Scan_ArchiveFails_IsNotSentAgain()
    {
        using var archive = new CountingHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)));
        await using var service = new ServiceHost<BooksController>(
            withCloudNative,
            "Staging",
            InDevelopmentOnly,
            services => services.AddHttpClient<ArchiveClient>().ConfigurePrimaryHttpMessageHandler(() => archive));
        using var client = CreateClient(service, "reader");
        using var scan = new StreamContent(new ZeroStream(1024));

        using var response = await client.PostAsync(new Uri("/books/scan", UriKind.Relative), scan, Test.Stop);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(1, archive.Calls);
    }

    /// <summary>Outside Development the two lines ask for a provider by name; this service finds its neighbours by DNS.</summary>
    private static IEnumerable<(string, string)> InDevelopmentOnly => [("CloudNative:Discovery:Provider", "none")];

    private static HttpClient CreateClient(ServiceHost<BooksController> service, string? role)
    {
        var client = service.CreateClient();
        client.DefaultRequestHeaders.Authorization = role is null ? null : new AuthenticationHeaderValue("Bearer", Tokens.Create(role));
        return client;
    }
}
