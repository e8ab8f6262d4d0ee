using System.Diagnostics;
using System.Net;
using System.Text;

namespace Issuer.Server.Tests.Delivery;

/// <summary>The QR as a picture, drawn on demand.</summary>
public sealed class PictureTests : OneCertified
{
    [Fact]
    public async Task The_picture_reads_back_to_the_same_text_and_lies_in_no_cache()
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();
        var hc1 = (await citizen.GetAsync($"/v1/me/certificates/{id}").JsonAsync(HttpStatusCode.OK))
            .GetProperty("hc1").GetString();
        using var picture = await citizen.GetAsync($"/v1/me/certificates/{id}/qr.png?print_mm=40");
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.True(picture.Headers.CacheControl is { Private: true, NoStore: true });
        if (await ReadWithZbarAsync(await picture.Content.ReadAsByteArrayAsync()) is { } read)
        {
            Assert.Equal(hc1, read);
        }
        var svg = await citizen.GetStringAsync($"/v1/me/certificates/{id}/qr.svg?print_mm=60");
        Assert.Contains("mm\"", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("34", HttpStatusCode.BadRequest)]
    [InlineData("61", HttpStatusCode.BadRequest)]
    [InlineData("-1", HttpStatusCode.BadRequest)]
    [InlineData("big", HttpStatusCode.BadRequest)]
    public async Task A_print_size_outside_the_recommended_range_is_refused(string size, HttpStatusCode expected)
    {
        using var citizen = service.Citizen(Person.Hoa.Number);
        var id = Assert.Single(await citizen.CertificatesAsync()).GetProperty("id").GetString();
        await citizen.GetAsync($"/v1/me/certificates/{id}/qr.png?print_mm={size}").JsonAsync(expected);
    }

    /// <summary>What a foreign reader reads; null where it is not installed.</summary>
    static async Task<string?> ReadWithZbarAsync(byte[] png)
    {
        const string reader = "/usr/bin/zbarimg";
        if (!File.Exists(reader))
        {
            return null;
        }
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, png);
            using var process = Process.Start(new ProcessStartInfo(reader, ["--quiet", "--raw", path])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.ASCII,
            })!;
            var text = await process.StandardOutput.ReadToEndAsync();
            return text.TrimEnd('\n');
        }
        finally
        {
            File.Delete(path);
        }
    }
}
