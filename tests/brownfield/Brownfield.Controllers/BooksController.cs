using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Brownfield.Controllers;

/// <summary>Books, for those who may see them.</summary>
[ApiController]
[Route("books")]
public sealed class BooksController(ArchiveClient archive) : ControllerBase
{
    [HttpGet]
    public string[] List() => ["Emma", "Ulysses"];

    [HttpDelete("{title}")]
    [Authorize("librarian")]
    public IActionResult Remove(string title) => title == "Emma" ? NoContent() : NotFound();

    [HttpGet("broken")]
    public string Break() => throw new InvalidOperationException("The shelf fell over.");

    [HttpPost("cover")]
    public ActionResult<long> Upload(IFormFile file) => file.Length;

    [HttpPost("scan")]
    [DisableRequestSizeLimit]
    public Task<string> Scan(CancellationToken cancellationToken) => archive.StoreAsync(Request.Body, cancellationToken);
}
